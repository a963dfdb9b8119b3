package dev.ackbox.inbox;

import org.jspecify.annotations.Nullable;

/**
 * Recognises the test notifications that somebody sends from the app dashboard. They are genuine, carry the same invented ids each time, and
 * are about no real account (observed).
 */
public final class DashboardTest {

    private static final String ACCOUNT = "0";
    private static final String PHONE_NUMBER_ID = "123456123";

    private DashboardTest() {}

    /**
     * Whether a notification is a test.
     *
     * @param entryId id of its entry
     * @param phoneNumberId id of its business phone number
     */
    public static boolean isRecognisedBy(@Nullable String entryId, @Nullable String phoneNumberId) {
        return ACCOUNT.equals(entryId) || PHONE_NUMBER_ID.equals(phoneNumberId);
    }
}
