package dev.ackbox.security.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.security.TestCertificates;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTests {

    private final ClientCertificateCheck check =
            new ClientCertificateCheck(CommonName.OF_THE_PLATFORM, RequestHeaders.CLOCK);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=client.webhooks.fbclientcerts.com",
                "cn=client.webhooks.fbclientcerts.com",
                "CN = client.webhooks.fbclientcerts.com",
                "2.5.4.3=client.webhooks.fbclientcerts.com",
                "OID.2.5.4.3=client.webhooks.fbclientcerts.com",
                "CN=Client.Webhooks.FBClientCerts.COM",
                "CN=client.webhooks.fbclientcerts.com,O=Meta Platforms\\, Inc.,L=Menlo Park,ST=California,C=US",
                "C=US, ST=California, L=Menlo Park, O=\"Meta Platforms, Inc.\", CN=client.webhooks.fbclientcerts.com",
                "emailAddress=a@b.example,CN=client.webhooks.fbclientcerts.com",
                "1.2.840.113549.1.9.1=#160161,CN=client.webhooks.fbclientcerts.com",
                "O=Caf\\C3\\A9,CN=client.webhooks.fbclientcerts.com",
            })
    void acceptsTheExpectedNameInAnySpelling(String subject) throws RefusedException {
        assertThat(check.checkSubject(Subject.commonName(subject))).isEqualTo(new CertificateVerdict.Verified(null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OTHER_NAME|CN=client.webhooks.fbclientcerts.com.evil.example",
                "OTHER_NAME|CN=evil.client.webhooks.fbclientcerts.com",
                "OTHER_NAME|CN=client.webhooks.fbclientcerts.co",
                "OTHER_NAME|CN=client.webhooks.fbclientcerts.com.",
                "OTHER_NAME|CN=client-webhooks.fbclientcerts.com",
                "OTHER_NAME|CN=*.fbclientcerts.com",
                "OTHER_NAME|CN=*",
                "OTHER_NAME|CN=",
                "OTHER_NAME|CN=evil.example,O=client.webhooks.fbclientcerts.com",
                "OTHER_NAME|CN=evil.example,O=\"x,CN=client.webhooks.fbclientcerts.com\"",
                "OTHER_NAME|CN=evil.example\\,CN=client.webhooks.fbclientcerts.com",
                "OTHER_NAME|CN=client.webhooks.fbclientcerts.com\\,O=x",
                "OTHER_NAME|CN=client.webhooks.fbclientcerts.com\\00.evil.example",
                "OTHER_NAME|CN=\\ client.webhooks.fbclientcerts.com",
                "OTHER_NAME|'CN=client.webhooks.fbclientcerts.com\\ '",
                "OTHER_NAME|CN=cl\\D1\\96ent.webhooks.fbclientcerts.com",
                "NO_COMMON_NAME|''",
                "NO_COMMON_NAME|O=client.webhooks.fbclientcerts.com",
                "NO_COMMON_NAME|O=x\\,CN\\=client.webhooks.fbclientcerts.com",
                "NO_COMMON_NAME|O=\"CN=client.webhooks.fbclientcerts.com\"",
                "NO_COMMON_NAME|XCN=client.webhooks.fbclientcerts.com",
                "SEVERAL_COMMON_NAMES|CN=client.webhooks.fbclientcerts.com,CN=evil.example",
                "SEVERAL_COMMON_NAMES|CN=evil.example,O=x,2.5.4.3=client.webhooks.fbclientcerts.com",
                "SEVERAL_COMMON_NAMES|CN=client.webhooks.fbclientcerts.com;CN=client.webhooks.fbclientcerts.com",
                "MULTI_VALUED_NAME|CN=client.webhooks.fbclientcerts.com+O=x",
                "MULTI_VALUED_NAME|O=x+CN=client.webhooks.fbclientcerts.com",
                "MULTI_VALUED_NAME|CN=client.webhooks.fbclientcerts.com+CN=evil.example",
                "MULTI_VALUED_NAME|CN=client.webhooks.fbclientcerts.com,O=x+OU=y",
                "MALFORMED_SUBJECT|CN=cl\\69ent.webhooks.fbclientcerts.com",
                "MALFORMED_SUBJECT|CN=\\client.webhooks.fbclientcerts.com",
                "MALFORMED_SUBJECT|CN=client\\2Ewebhooks.fbclientcerts.com",
                "MALFORMED_SUBJECT|CN=#0c0161",
                "MALFORMED_SUBJECT|CN=client\\.webhooks.fbclientcerts.com",
                "MALFORMED_SUBJECT|CN=client.webhooks.fbclientcerts.com\\",
                "MALFORMED_SUBJECT|CN=\"client.webhooks.fbclientcerts.com",
                "MALFORMED_SUBJECT|client.webhooks.fbclientcerts.com",
                "MALFORMED_SUBJECT|CN=client.webhooks.fbclientcerts.com,",
                "MALFORMED_SUBJECT|,CN=client.webhooks.fbclientcerts.com",
                "MALFORMED_SUBJECT|/CN=client.webhooks.fbclientcerts.com",
            })
    void refusesWhateverIsNotExactlyTheName(RefusalReason reason, String subject) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> check.checkSubject(Subject.commonName(subject)))
                .extracting(RefusedException::reason)
                .isEqualTo(reason);
    }

    @Test
    void refusesLettersThatLookLikeOthersOrFoldToThem() {
        CommonName name = CommonName.OF_THE_PLATFORM;
        assertThat(name.matches("client.webhooks.fbclientcerts.com")).isTrue();
        assertThat(name.matches("client.webhoo\u212as.fbclientcerts.com")).isFalse();
        assertThat(name.matches("client.webhook\u017f.fbclientcerts.com")).isFalse();
        assertThat(name.matches("cl\u0456ent.webhooks.fbclientcerts.com")).isFalse();
        assertThat(name.matches("client\u3002webhooks.fbclientcerts.com")).isFalse();
        assertThat(name.matches("client.webhooks.fbclientcerts.com\u200b")).isFalse();
        assertThat(name.matches("client.webhooks.fbclientcerts.com\u0000")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client.webhooks.fbclientcerts.com|/CN=client.webhooks.fbclientcerts.com",
                "client.webhooks.fbclientcerts.com|/C=US/O=Meta Platforms, Inc./CN=client.webhooks.fbclientcerts.com",
                "client.webhooks.fbclientcerts.com|/O=a/b/CN=client.webhooks.fbclientcerts.com/emailAddress=a@b.example",
                "client.webhooks.fbclientcerts.com.evil.example|/CN=client.webhooks.fbclientcerts.com.evil.example",
            })
    void readsTheOlderFormWithSlashes(String name, String subject) throws RefusedException {
        assertThat(Subject.commonNameOfSlashForm(subject)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SEVERAL_COMMON_NAMES|/O=x/CN=client.webhooks.fbclientcerts.com/CN=evil.example",
                "NO_COMMON_NAME|/O=client.webhooks.fbclientcerts.com",
                "MALFORMED_SUBJECT|CN=client.webhooks.fbclientcerts.com",
                "MALFORMED_SUBJECT|/client.webhooks.fbclientcerts.com",
                "MALFORMED_SUBJECT|/",
            })
    void refusesFormsWithSlashesThatSayMoreOrLess(RefusalReason reason, String subject) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Subject.commonNameOfSlashForm(subject))
                .extracting(RefusedException::reason)
                .isEqualTo(reason);
    }

    @Test
    void aNameToExpectIsAHostName() {
        assertThat(new CommonName("a-1.example").matches("A-1.EXAMPLE")).isTrue();
        for (String wrong : new String[] {"", "*.example", "a b", "a..b", ".a", "a.", "CN=a", "\u0430.example"}) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new CommonName(wrong));
        }
    }

    @Test
    void nothingShowsWhatWasRead() {
        String subject = TestCertificates.CLIENT_SUBJECT + ".evil.example";
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> check.checkSubject(Subject.commonName(subject)))
                .withNoCause()
                .withMessage("OTHER_NAME");
        assertThat(new CertificateVerdict.Refused(RefusalReason.OTHER_NAME)).hasToString("Refused[reason=OTHER_NAME]");
        assertThat(new CertificateVerdict.Verified(Instant.EPOCH))
                .hasToString("Verified[notAfter=1970-01-01T00:00:00Z]");
    }
}
