package dev.ackbox.process;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The body of a POST with one or more messages and statuses in it.
 *
 * @param items names of what is in it
 */
record Notification(List<String> items, byte[] body) {

    /**
     * A message or a status of one user.
     *
     * @param name tells it from all others: a message's wamid; a status's wamid and word
     * @param array where it stands in a notification
     */
    record Item(String name, String array, String json) {

        static Item message(String wamid, String user, String text) {
            return new Item(wamid, "messages", """
                    {"from":"%s","id":"%s","timestamp":"%d","type":"text","text":{"body":"%s"}}""".formatted(user, wamid, now(), text));
        }

        static Item status(String wamid, String user, String word) {
            return new Item(wamid + " " + word, "statuses", """
                    {"id":"%s","status":"%s","timestamp":"%d","recipient_id":"%s"}""".formatted(wamid, word, now(), user));
        }

        private static long now() {
            return System.currentTimeMillis() / 1000;
        }
    }

    static Notification of(List<Item> items) {
        String json = """
                {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages",\
                "value":{"messaging_product":"whatsapp",\
                "metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},\
                "messages":[%s],"statuses":[%s]}}]}]}""".formatted(elements(items, "messages"), elements(items, "statuses"));
        return new Notification(items.stream().map(Item::name).toList(), json.getBytes(StandardCharsets.UTF_8));
    }

    private static String elements(List<Item> items, String array) {
        return items.stream()
                .filter(item -> item.array().equals(array))
                .map(Item::json)
                .collect(Collectors.joining(","));
    }
}
