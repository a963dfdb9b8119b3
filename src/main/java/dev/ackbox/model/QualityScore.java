package dev.ackbox.model;

/** How well users take a template (documented). */
public enum QualityScore implements OpenEnum<QualityScore> {
    GREEN,
    YELLOW,
    RED,
    UNKNOWN
}
