package dev.ackbox.model;

/** How well users take a template (documented). */
public enum QualityScore implements Word<QualityScore> {
    GREEN,
    YELLOW,
    RED,
    UNKNOWN
}
