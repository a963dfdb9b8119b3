package dev.ackbox.inbox.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A store whose calls a test sees, and can fail. */
public final class StoreProxy {

    private StoreProxy() {}

    /** What a test does in place of a call, or around it. */
    public interface Interceptor {

        @Nullable
        Object intercept(String method, Object[] arguments, Call call) throws Throwable;
    }

    /** The call as it would be without the test. */
    public interface Call {

        @Nullable
        Object proceed() throws Throwable;
    }

    public static Store of(Store store, Interceptor interceptor) {
        return (Store) Proxy.newProxyInstance(
                StoreProxy.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, parameters) -> {
                    Object[] arguments = parameters == null ? new Object[0] : parameters;
                    return interceptor.intercept(method.getName(), arguments, () -> {
                        try {
                            return method.invoke(store, arguments);
                        } catch (InvocationTargetException ex) {
                            throw ex.getCause();
                        }
                    });
                });
    }
}
