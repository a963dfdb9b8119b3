package com.example.orderbot;

import dev.ackbox.handler.PermanentFailureException;
import java.net.http.HttpClient;
import java.util.Map;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The shop's own API. */
class Shop {

    private final RestClient http;

    Shop(OrderBotProperties properties) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(properties.timeout()).build());
        requests.setReadTimeout(properties.timeout());
        this.http = RestClient.builder()
                .baseUrl(properties.shopUrl().toString())
                .requestFactory(requests)
                .build();
    }

    /**
     * Sends something to the shop.
     *
     * @param idempotencyKey tells the shop that it has this already: after a crash, Ackbox may call a handler again for the same thing
     * @throws PermanentFailureException where the shop does not want it; after any other failure Ackbox tries again
     */
    void post(String path, String idempotencyKey, Map<String, ?> body) {
        http.post()
                .uri(path)
                .header("Idempotency-Key", idempotencyKey)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .onStatus(HttpStatusCode::is4xxClientError, (request, response) -> {
                    throw new PermanentFailureException(
                            "The shop answered " + response.getStatusCode().value());
                })
                .toBodilessEntity();
    }
}
