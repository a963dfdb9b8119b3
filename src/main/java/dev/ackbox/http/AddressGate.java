package dev.ackbox.http;

import dev.ackbox.security.AddressList;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Admits by the sender's address; behind a proxy that is the one that Tomcat's RemoteIpValve takes it for. */
final class AddressGate implements Gate {

    private final String endpoint;
    private final Supplier<@Nullable AddressList> allowed;
    private final boolean enforced;
    private final RequestObserver observer;

    /** @param allowed gives nothing while everybody is */
    AddressGate(String endpoint, Supplier<@Nullable AddressList> allowed, boolean enforced, RequestObserver observer) {
        this.endpoint = endpoint;
        this.allowed = allowed;
        this.enforced = enforced;
        this.observer = observer;
    }

    @Override
    public boolean admits(HttpServletRequest request) {
        AddressList list = allowed.get();
        if (list == null || list.contains(request.getRemoteAddr())) {
            return true;
        }
        observer.mismatched(endpoint, "address", "not_allowed", enforced);
        return !enforced;
    }
}
