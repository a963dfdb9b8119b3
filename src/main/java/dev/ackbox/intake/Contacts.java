package dev.ackbox.intake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of a value's contacts belong to which item. They may be fewer than the items and in another order (documented),
 * so they are matched by the user's ids. Copying all of them into each piece would grow with the square of a batch.
 */
final class Contacts {

    private final List<JsonSpan> all;
    private final Map<String, JsonSpan> byId = new HashMap<>();

    private Contacts(List<JsonSpan> contacts) {
        this.all = contacts;
        for (JsonSpan contact : all) {
            for (String id : Subjects.USERS_OF_CONTACT) {
                String value = contact.text(id);
                if (value != null) {
                    byId.putIfAbsent(value, contact);
                }
            }
        }
    }

    /**
     * The contacts that go with each item: a single one with all of them, otherwise those that the item names. One that no
     * item names goes with the first item, so that none is lost.
     */
    static List<List<JsonSpan>> ofItems(List<JsonSpan> contacts, List<ItemSpan> items) {
        return contacts.size() <= 1
                ? Collections.nCopies(items.size(), contacts)
                : new Contacts(contacts).ofItems(items);
    }

    private List<List<JsonSpan>> ofItems(List<ItemSpan> items) {
        List<List<JsonSpan>> contactsOfItems = new ArrayList<>(items.size());
        Set<JsonSpan> unclaimed = new LinkedHashSet<>(all);
        for (ItemSpan item : items) {
            Set<JsonSpan> contacts = named(item.span());
            unclaimed.removeAll(contacts);
            contactsOfItems.add(new ArrayList<>(contacts));
        }
        if (!items.isEmpty()) {
            contactsOfItems.get(0).addAll(unclaimed);
        }
        return contactsOfItems;
    }

    private Set<JsonSpan> named(JsonSpan item) {
        Set<JsonSpan> named = new LinkedHashSet<>();
        for (String id : Subjects.USERS) {
            String value = item.text(id);
            if (value != null && byId.containsKey(value)) {
                named.add(byId.get(value));
            }
        }
        return named;
    }
}
