package dev.ackbox.model;

/** How well users take a template. */
public enum QualityScore implements OpenEnum<QualityScore> {
    GREEN,
    YELLOW,
    RED,
    UNKNOWN
}
