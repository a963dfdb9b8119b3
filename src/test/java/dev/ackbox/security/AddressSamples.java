package dev.ackbox.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The ranges of the files in {@code addresses/}, each of which says the same in another form. */
final class AddressSamples {

    static final List<String> RANGES = List.of(
            "31.13.24.0/21",
            "31.13.64.0/18",
            "45.64.40.0/22",
            "57.141.0.0/21",
            "57.141.8.0/22",
            "57.141.12.0/23",
            "57.144.0.0/14",
            "66.220.144.0/20",
            "69.63.176.0/20",
            "69.171.224.0/19",
            "74.119.76.0/22",
            "102.132.96.0/20",
            "103.4.96.0/22",
            "129.134.0.0/16",
            "147.75.208.0/20",
            "157.240.0.0/16",
            "163.70.128.0/17",
            "163.77.128.0/17",
            "173.252.64.0/18",
            "179.60.192.0/22",
            "185.60.216.0/22",
            "185.89.216.0/22",
            "204.15.20.0/22",
            "2a03:2880::/32",
            "2620:0:1c00::/40");

    private AddressSamples() {}

    static byte[] read(String name) {
        try (InputStream in = AddressSamples.class.getResourceAsStream("/addresses/" + name)) {
            return in.readAllBytes();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
