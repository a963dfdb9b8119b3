package dev.ackbox.security.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.security.TestCertificates;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTests {

    private final ForwardedCertificate nginx = ForwardedCertificate.nginx("verify", "subject", "certificate");

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
    void acceptsTheExpectedNameInAnySpelling(String subject) {
        assertThat(verdictOn(subject)).isEqualTo(CertificateVerdict.VERIFIED);
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
    void refusesWhateverIsNotExactlyTheName(CertificateVerdict reason, String subject) {
        assertThat(verdictOn(subject)).isEqualTo(reason);
    }

    @Test
    void refusesLettersThatLookLikeOthersOrFoldToThem() {
        assertThat(verdictOn("CN=client.webhooks.fbclientcerts.com")).isEqualTo(CertificateVerdict.VERIFIED);
        for (String other : List.of(
                "client.webhoo\u212as.fbclientcerts.com",
                "client.webhook\u017f.fbclientcerts.com",
                "cl\u0456ent.webhooks.fbclientcerts.com",
                "client\u3002webhooks.fbclientcerts.com",
                "client.webhooks.fbclientcerts.com\u200b")) {
            assertThat(verdictOn("CN=" + other)).isEqualTo(CertificateVerdict.OTHER_NAME);
        }
        assertThat(verdictOn("CN=client.webhooks.fbclientcerts.com\u0000"))
                .isEqualTo(CertificateVerdict.CONTROL_CHARACTER);
    }

    @Test
    void aNameToExpectIsAHostName() {
        for (String wrong : new String[] {"", "*.example", "a b", "a..b", ".a", "a.", "CN=a", "\u0430.example"}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new ClientCertificateCheck(wrong, null, RequestHeaders.CLOCK));
        }
        assertThat(new ClientCertificateCheck("a-1.example", null, RequestHeaders.CLOCK)
                        .check(nginx, headers("CN=A-1.EXAMPLE")))
                .isEqualTo(CertificateVerdict.VERIFIED);
    }

    @Test
    void nothingShowsWhatWasRead() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> Subject.commonName("CN=" + TestCertificates.CLIENT_NAME + ",CN=evil.example"))
                .withNoCause()
                .withMessage("SEVERAL_COMMON_NAMES");
    }

    @Test
    void nothingIsNoName() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> Subject.commonName(""))
                .withMessage("NO_COMMON_NAME");
    }

    private CertificateVerdict verdictOn(String subject) {
        return RequestHeaders.lenient().check(nginx, headers(subject));
    }

    private static RequestHeaders headers(String subject) {
        return RequestHeaders.none().with("verify", "SUCCESS").with("subject", subject);
    }
}
