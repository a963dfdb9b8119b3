package com.example.orderbot;

import java.net.http.HttpClient;
import java.util.Map;
import org.springframework.http.HttpStatusCode;
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
                .defaultStatusHandler(HttpStatusCode::is4xxClientError, (request, response) -> {
                    throw new PermanentFailureException(
                            "The shop answered " + response.getStatusCode().value());
                })
                .build();
    }

    /**
     * Sends something to the shop. Ackbox may call a handler again for the same message after a crash; the shop recognises that by the
     * key.
     */
    void send(String path, String idempotencyKey, Map<String, ?> body) {
        http.post()
                .uri(path)
                .header("Idempotency-Key", idempotencyKey)
                .body(body)
                .retrieve()
                .toBodilessEntity();
    }
}
