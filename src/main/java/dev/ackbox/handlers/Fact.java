package dev.ackbox.handlers;

import java.time.Instant;
import java.util.Map;

/**
 * Something that holds of an account since a certain time.
 *
 * @param accountId the WhatsApp Business Account
 * @param subject whether it is about the account itself, or about something of it
 * @param subjectId which phone number, by its number for display, or which template, by its id; empty for the account
 * @param aspect what it says something about, such as {@code status}
 * @param item which one, where there are several at once, such as a type of restriction; empty otherwise
 * @param since when it began to hold, by the platform's clock
 * @param details names and values, none of them about a user; empty where it holds no more
 */
public record Fact(
        String accountId,
        Subject subject,
        String subjectId,
        String aspect,
        String item,
        Instant since,
        Map<String, String> details) {

    /** What a fact may be about. */
    public enum Subject {
        ACCOUNT,
        PHONE_NUMBER,
        TEMPLATE
    }

    /** Leaves the details and the phone number out. */
    @Override
    public String toString() {
        return "Fact[" + subject + ", " + aspect + "]";
    }
}
