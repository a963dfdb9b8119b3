package dev.ackbox.model.account;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import dev.ackbox.model.messages.PricingCategory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code account_update}: something changed in the WhatsApp Business Account itself, such as a
 * restriction, a ban, a partner or a price tier. Which of the objects is there follows from the event.
 *
 * @param event what changed; always
 * @param phoneNumber the business phone number for display; optional, with {@code VERIFIED_ACCOUNT}, {@code
 *     ACCOUNT_DELETED} and older enforcement (observed)
 * @param country ISO 3166 alpha-2; with {@code BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE}
 * @param wabaInfo whose account it is; with events of partners, ad accounts, terms and apps
 * @param violationInfo with {@code ACCOUNT_VIOLATION} and {@code ACCOUNT_RESTRICTION}
 * @param restrictionInfo with {@code ACCOUNT_RESTRICTION}, but may be empty there
 * @param banInfo with {@code DISABLED_UPDATE}
 * @param authInternationalRateEligibility with {@code AUTH_INTL_PRICE_ELIGIBILITY_UPDATE}
 * @param volumeTierInfo with {@code VOLUME_BASED_PRICING_TIER_UPDATE}
 * @param disconnectionInfo with {@code ACCOUNT_OFFBOARDED}, also with {@code PARTNER_REMOVED}
 * @param partnerClientCertificationInfo with {@code PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE}
 * @param partnerClientCertificationNeededInfo with {@code PARTNER_CLIENT_CERTIFICATION_NEEDED}
 */
public record AccountUpdateValue(
        OpenEnum<Event> event,
        @Nullable String phoneNumber,
        @Nullable String country,
        @Nullable WabaInfo wabaInfo,
        @Nullable Violation violationInfo,
        List<Restriction> restrictionInfo,
        @Nullable Ban banInfo,
        @Nullable RateEligibility authInternationalRateEligibility,
        @Nullable VolumeTier volumeTierInfo,
        @Nullable Disconnection disconnectionInfo,
        @Nullable Certification partnerClientCertificationInfo,
        @Nullable CertificationNeeded partnerClientCertificationNeededInfo)
        implements Value {

    public AccountUpdateValue {
        restrictionInfo = Lists.orEmpty(restrictionInfo);
    }

    /**
     * Whose account an event of a partner is about; the entry's id is the partner's portfolio then.
     *
     * @param wabaId id of the customer's WhatsApp Business Account; always
     * @param ownerBusinessId id of the portfolio that owns it; always
     * @param adAccountId id of the linked ad account, under two names; with {@code AD_ACCOUNT_LINKED}
     * @param partnerAppId id of the partner's app; with {@code PARTNER_APP_INSTALLED} and {@code
     *     PARTNER_APP_UNINSTALLED}
     * @param solutionId id of the multi-partner solution; with {@code PARTNER_ADDED}, optional
     * @param solutionPartnerBusinessIds ids of the solution's partners; optional
     */
    public record WabaInfo(
            @Nullable String wabaId,
            @Nullable String ownerBusinessId,
            @JsonAlias("ad_account_linked") @Nullable String adAccountId,
            @Nullable String partnerAppId,
            @Nullable String solutionId,
            List<String> solutionPartnerBusinessIds) {

        public WabaInfo {
            solutionPartnerBusinessIds = Lists.orEmpty(solutionPartnerBusinessIds);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What rule was broken.
     *
     * @param violationType which rule; always
     * @param remediation what to do, an English text; optional
     */
    public record Violation(
            @Nullable OpenEnum<ViolationType> violationType,
            @Nullable String remediation) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * What the account may not do for now.
     *
     * @param restrictionType what it may not do; always
     * @param expiration when it ends; absent where it is open-ended, a string in older notifications
     *     (observed)
     * @param remediation what to do, an English text; optional
     */
    public record Restriction(
            @Nullable OpenEnum<RestrictionType> restrictionType,
            @Nullable Instant expiration,
            @Nullable String remediation) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Whether the account is switched off.
     *
     * @param wabaBanState the state; one, always, an array on one page
     * @param wabaBanDate an English date such as {@code April 17, 2025}; always
     */
    public record Ban(
            @Nullable OpenEnum<BanState> wabaBanState,
            @Nullable String wabaBanDate) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * From when on rates for authentication-international apply.
     *
     * @param startTime from when on, apart from the exceptions; always
     * @param exceptionCountries countries with a start of their own; optional
     */
    public record RateEligibility(@Nullable Instant startTime, List<CountryStart> exceptionCountries) {

        public RateEligibility {
            exceptionCountries = Lists.orEmpty(exceptionCountries);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * From when on rates apply in a country.
     *
     * @param countryCode ISO 3166 alpha-2; always
     * @param startTime from when on; always
     */
    public record CountryStart(
            @Nullable String countryCode, @Nullable Instant startTime) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A price tier that was reached.
     *
     * @param tierUpdateTime when it was reached; always
     * @param pricingCategory what it is a tier of; always
     * @param tier from how many messages to how many, such as {@code 750001:2000000}; always
     * @param effectiveMonth {@code YYYY-MM}; always
     * @param region market or region, English; always
     */
    public record VolumeTier(
            @Nullable Instant tierUpdateTime,
            @Nullable OpenEnum<PricingCategory> pricingCategory,
            @Nullable String tier,
            @Nullable String effectiveMonth,
            @Nullable String region) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Why a number of the WhatsApp Business app left the platform.
     *
     * @param reason why; always
     * @param initiatedBy who did it; always
     */
    public record Disconnection(
            @Nullable OpenEnum<DisconnectionReason> reason,
            @Nullable OpenEnum<Initiator> initiatedBy) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * How the verification of a partner's client stands.
     *
     * @param clientBusinessId id of the client's portfolio; always
     * @param status how it stands; always
     * @param rejectionReasons why it failed; optional
     */
    public record Certification(
            @Nullable String clientBusinessId,
            @Nullable OpenEnum<CertificationStatus> status,
            List<OpenEnum<RejectionReason>> rejectionReasons) {

        public Certification {
            rejectionReasons = Lists.orEmpty(rejectionReasons);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A partner's client has to be verified.
     *
     * @param clientBusinessId id of the client's portfolio; always
     */
    public record CertificationNeeded(@Nullable String clientBusinessId) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may change in an account ({@code BUSINESS_VERIFICATION_NEEDED} observed). */
    public enum Event implements OpenEnum<Event> {
        ACCOUNT_DELETED,
        ACCOUNT_OFFBOARDED,
        ACCOUNT_RECONNECTED,
        ACCOUNT_RESTRICTION,
        ACCOUNT_VIOLATION,
        AD_ACCOUNT_LINKED,
        AUTH_INTL_PRICE_ELIGIBILITY_UPDATE,
        BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE,
        BUSINESS_VERIFICATION_NEEDED,
        DISABLED_UPDATE,
        MM_LITE_TERMS_SIGNED,
        PARTNER_ADDED,
        PARTNER_APP_INSTALLED,
        PARTNER_APP_UNINSTALLED,
        PARTNER_CLIENT_CERTIFICATION_NEEDED,
        PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE,
        PARTNER_REMOVED,
        VERIFIED_ACCOUNT,
        VOLUME_BASED_PRICING_TIER_UPDATE
    }

    /** What an account may be kept from (the last one observed). */
    public enum RestrictionType implements OpenEnum<RestrictionType> {
        RESTRICTED_ADD_PHONE_NUMBER_ACTION,
        RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING,
        RESTRICTED_BIZ_INITIATED_MESSAGING,
        RESTRICTED_BUSINESS_INITIATED_CALLING,
        RESTRICTED_CUSTOMER_INITIATED_MESSAGING,
        RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES,
        RESTRICTED_USER_INITIATED_CALLING,
        RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN,
        RESTRICTED_UTILITY_TEMPLATES,
        RESTRICTION_ADD_PHONE_NUMBER_ACTION
    }

    /** Rules that may be broken (documented as open). */
    public enum ViolationType implements OpenEnum<ViolationType> {
        ADULT,
        ALCOHOL,
        ANIMALS,
        BODY_PARTS_FLUIDS,
        DATING,
        DIGITAL_SERVICES_PRODUCTS,
        DRUGS,
        GAMBLING,
        HEALTHCARE,
        ILLEGAL_PRODUCTS,
        MISLEADING,
        OVERTLY_SEXUALIZED_POSITIONING,
        REAL_FAKE_CURRENCY,
        SCAM,
        SUPPLEMENTS,
        THIRD_PARTY_INFRINGEMENTS,
        TOBACCO,
        UNAUTHORIZED_MEDIA,
        WEAPONS,
        LOW_BUSINESS_INITIATED_CALLING_QUALITY,
        LOW_USER_INITIATED_CALLING_QUALITY,
        USER_INITIATED_CALLS_LOW_PICKUP_RATE,
        DIRECT_SEND_UTILITY_CATEGORY_ABUSE_WARN,
        DIRECT_SEND_UTILITY_CATEGORY_ABUSE_UNBAN
    }

    /** Whether an account is switched off. */
    public enum BanState implements OpenEnum<BanState> {
        DISABLE,
        REINSTATE,
        SCHEDULE_FOR_DISABLE
    }

    /** Why a number may leave the platform. */
    public enum DisconnectionReason implements OpenEnum<DisconnectionReason> {
        ACCOUNT_DISCONNECTED,
        BUSINESS_DOWNGRADE,
        CHANGE_NUMBER,
        COMPANION_INACTIVITY,
        PRIMARY_INACTIVITY,
        USER_RE_REGISTERED
    }

    /** Who did it. */
    public enum Initiator implements OpenEnum<Initiator> {
        SYSTEM,
        USER
    }

    /** How a verification may stand. */
    public enum CertificationStatus implements OpenEnum<CertificationStatus> {
        APPROVED,
        DISCARDED,
        FAILED,
        PENDING,
        REVOKED
    }

    /** Why a verification may fail; written with blanks on one page and with underscores on another. */
    public enum RejectionReason implements OpenEnum<RejectionReason> {
        ADDRESS_NOT_MATCHING,
        BUSINESS_NOT_ELIGIBLE,
        LEGAL_NAME_NOT_MATCHING,
        LEGAL_NAME_NOT_FOUND_IN_DOCUMENTS,
        MALFORMED_DOCUMENTS,
        NONE,
        WEBSITE_NOT_MATCHING
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
