package dev.ackbox.watch;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Instant;
import java.util.Map;

/**
 * One thing that Meta said about an account. A newer fact of the same account, subject, kind and item replaces it.
 *
 * @param accountId the WhatsApp Business Account
 * @param subject whether it is about the account itself, one of its phone numbers or one of its templates
 * @param subjectId which phone number, by its digits, or which template, by its id; empty for the account
 * @param kind what it says something about, such as {@code status} or {@code restrictions}
 * @param item which one, where several of a kind hold at once, such as a type of restriction; empty otherwise
 * @param since from when on it holds, by Meta's clock
 * @param details names and values, none of them about a user; empty where it no longer holds
 */
public record AccountFact(
        String accountId,
        Subject subject,
        String subjectId,
        @JsonAlias("aspect") String kind, // so called in databases of earlier builds
        String item,
        Instant since,
        Map<String, String> details) {

    /** What a fact may be about. */
    public enum Subject {
        ACCOUNT,
        PHONE_NUMBER,
        TEMPLATE
    }

    /** Whether it is one of several of its kind that may hold at once. */
    public boolean hasItem() {
        return !item.isEmpty();
    }

    /** Whether it holds; one that does not was lifted. */
    public boolean holds() {
        return !details.isEmpty();
    }

    /** Leaves the details and the phone number out. */
    @Override
    public String toString() {
        return "AccountFact[" + subject + ", " + kind + "]";
    }
}
