package dev.ackbox.inbox.postgresql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/** Connections of which a commit fails where a test asks for it. */
final class FailingCommits implements UnaryOperator<Connection> {

    private volatile boolean fails;
    private volatile boolean isDurable;

    /**
     * Has the next commit fail.
     *
     * @param durable whether it is durable all the same
     */
    void fail(boolean durable) {
        isDurable = durable;
        fails = true;
    }

    @Override
    public Connection apply(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean isFailing = fails && method.getName().equals("commit");
                    if (isFailing) {
                        fails = false;
                        if (!isDurable) {
                            connection.rollback();
                        }
                    }
                    try {
                        Object result = isFailing && !isDurable ? null : method.invoke(connection, arguments);
                        if (isFailing) {
                            throw new SQLException("A test has asked for this");
                        }
                        return result;
                    } catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                });
    }
}
