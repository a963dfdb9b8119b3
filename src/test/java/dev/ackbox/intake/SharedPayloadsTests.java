package dev.ackbox.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.NewRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedPayloadsTests {

    private static final String NADIA = "12065550177";
    private static final String NADIA_SCOPED = "US.4170923358816620457";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'threads':[{'id':'1','x':[ 1 ]}, {'id':'12065550177','messages':[]}]} | {'threads':[{'id':'1','x':[ 1 ]}]}",
                "{'threads':[{'id':'12065550177'} , {'id':'1'}]} | {'threads':[{'id':'1'}]}",
                "{'threads':[ {'id':'12065550177'} ]} | {'threads':[  ]}",
                "{'threads':[{'id':'1'},{'id':'12065550177'},{'id':'2'}]} | {'threads':[{'id':'1'},{'id':'2'}]}",
                "{'threads':[{'id':'12065550177'},{'id':'12065550177'},{'id':'2'}]} | {'threads':[{'id':'2'}]}",
                "{'threads':[{'id':'1'},{'id':'12065550177'},{'id':'12065550177'}]} | {'threads':[{'id':'1'}]}",
                "{'threads':[{'context':{'user_id':'US.4170923358816620457'}}]} | {'threads':[]}",
                "{'contacts':[{'wa_id':'12065550177'}],'messages':[{'from':'12065550177'},{'from':'1'}]}"
                        + " | {'contacts':[],'messages':[{'from':'1'}]}",
                "{'statuses':[{'recipient_user_id':'US.4170923358816620457'}]} | {'statuses':[]}",
                "{'message_echoes':[{'id':'x','message':{'to':'12065550177'}}]} | {'message_echoes':[]}",
                "{'state_sync':[{'contact':{'phone_number':'12065550177'}}]} | {'state_sync':[]}",
                "{'statuses':[{'recipient_participant_id':'12065550177'}]} | {'statuses':[]}",
                "{'a':{'b':[[{'to':'12065550177'},1]]},'n':1.50} | {'a':{'b':[[1]]},'n':1.50}",
            })
    void takesOutWhatIsAboutTheUser(String payload, String rest) {
        String blanked = without(payload);
        assertThat(blanked).hasSameSizeAs(payload);
        assertThat(String.valueOf(blanked).replace(" ", "")).isEqualTo(rest.replace(" ", ""));
    }

    @Test
    void takesAUserOutOfANotificationThatIsStoredWhole() {
        String repeatedName = "{'entry':[{'id':'1','id':'2','changes':[{'field':'messages','value':{'messages':["
                + "{'from':'1'},{'from':'12065550177'}]}}]}]}";
        NewRecord stored = NotificationSplitter.split(
                        "default", repeatedName.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Instant.EPOCH)
                .get(0)
                .newRecord();
        assertThat(new SharedPayloads().fields()).contains(stored.field());
        assertThat(without(new String(stored.payload(), StandardCharsets.UTF_8)))
                .contains("[{'from':'1'} ")
                .doesNotContain(NADIA);
    }

    @Test
    void aThreadOfAnotherUserStaysAsItIs() {
        assertThat(without("{'threads':[{'id':'1','messages':[{'from':'1','text':{'body':'call 12065550177'}}]}]}"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"no JSON", "'{\"threads\":'", "'[]'"})
    void whatHasNothingOfTheUserIsLeft(String payload) {
        assertThat(without(payload)).isNull();
    }

    private static @Nullable String without(String payload) {
        byte[] rest = new SharedPayloads()
                .without(
                        payload.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                        Set.of(NADIA, NADIA_SCOPED)::contains);
        return rest == null ? null : new String(rest, StandardCharsets.UTF_8).replace('"', '\'');
    }
}
