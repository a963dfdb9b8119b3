package dev.ackbox.http.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.FuzzInputs;
import java.util.Collections;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralAddressValveTests {

    private static final String HEADER = "X-Forwarded-For";

    private final LiteralAddressValve valve = new LiteralAddressValve(HEADER);

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            31.13.24.5, 10.0.0.1|31.13.24.5,10.0.0.1
            \t2a03:2880::1 ,::ffff:10.0.0.1|2a03:2880::1,::ffff:10.0.0.1
            evil.example, localhost|[],[]
            127.1,2130706433,010.0.0.1,0x7f.0.0.1|[],[],[],[]
            31.13.24.5:443,[::1],[2a03:2880::1]:443,fe80::1%1|31.13.24.5,::1,2a03:2880::1,[]
            31.13.24.5:,31.13.24.5:123456,31.13.24.5:x,31.13.24.5:1:2,:443|[],[],[],[],[]
            [31.13.24.5],[::1,::1],[::1]:,[::1]x,[[::1]],[evil]:1,evil:1|[],[],[],[],[],[],[],[]
            127.1:80,010.0.0.1:80|[],[]
            ,,31.13.24.5,|[],[],31.13.24.5,[]
            """)
    void whatIsNoLiteralAddressIsReplaced(String line, String handedOn) throws Exception {
        assertThat(handedOn(line)).containsExactly(handedOn);
    }

    @Test
    void linesBecomeOne() throws Exception {
        assertThat(handedOn("31.13.24.5", "", "unknown, 10.0.0.1")).containsExactly("31.13.24.5,[],[],10.0.0.1");
    }

    @Test
    void withoutTheHeaderThereIsNone() throws Exception {
        assertThat(handedOn()).isEmpty();
    }

    private List<String> handedOn(String... lines) throws Exception {
        Request request = new Request(new Connector(), new org.apache.coyote.Request());
        for (String line : lines) {
            request.getCoyoteRequest().getMimeHeaders().addValue(HEADER).setString(line);
        }
        valve.setNext(new ValveBase() {
            @Override
            public void invoke(Request next, Response response) {
                assertThat(next).isSameAs(request);
            }
        });
        valve.invoke(request, new Response(new org.apache.coyote.Response()));
        return Collections.list(request.getHeaders(HEADER));
    }

    @Test
    void whatFuzzingStartsFromAndHasFoundHolds() throws Exception {
        ForwardedForFuzzTests fuzzing = new ForwardedForFuzzTests();
        for (byte[] input : FuzzInputs.of(ForwardedForFuzzTests.class)) {
            fuzzing.readsAnyHeader(input);
        }
    }
}
