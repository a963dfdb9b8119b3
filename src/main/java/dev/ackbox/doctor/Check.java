package dev.ackbox.doctor;

import java.util.Locale;

/** What is checked, in the order of the report and of the troubleshooting page. */
enum Check {
    SETTINGS(Place.HERE),
    SECRETS(Place.HERE),
    DATA_DIRECTORY(Place.HERE),
    CLOCK(Place.HERE),
    SCHEMA(Place.HERE),
    CERTIFICATES(Place.HERE),
    MEMORY(Place.HERE),
    VERSION(Place.HERE),

    HOST(Place.OUTSIDE),
    TLS(Place.OUTSIDE),
    REDIRECT(Place.OUTSIDE),
    HANDSHAKE(Place.OUTSIDE),
    PROBE(Place.OUTSIDE),
    LARGE_BODY(Place.OUTSIDE),
    MANAGEMENT_PORT(Place.OUTSIDE),

    TOKEN(Place.META),
    PERMISSIONS(Place.META),
    APP_MODE(Place.META),
    CALLBACK_URL(Place.META),
    FIELDS(Place.META),
    SUBSCRIPTION(Place.META),
    ACCOUNT(Place.META),
    OVERRIDES(Place.META),
    PHONE_NUMBER(Place.META);

    /** Where a check looks. */
    enum Place {
        HERE("Here"),
        OUTSIDE("From outside"),
        META("At Meta");

        private final String title;

        Place(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private final Place place;

    Check(Place place) {
        this.place = place;
    }

    Place place() {
        return place;
    }

    /** Its name in reports and in the documentation. */
    String label() {
        return switch (this) {
            case TLS -> "TLS";
            case CALLBACK_URL -> "callback URL";
            default -> name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
