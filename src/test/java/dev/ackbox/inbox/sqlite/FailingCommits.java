package dev.ackbox.inbox.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;

/** Connections whose commits a test watches, and of which one fails. */
final class FailingCommits implements UnaryOperator<Connection> {

    private int commitsToFailure;
    private boolean isDurable;
    private Runnable watcher = () -> {};

    /** Has something looked at before each commit. */
    void watch(Runnable watcher) {
        this.watcher = watcher;
    }

    /**
     * Has a commit fail.
     *
     * @param commits with the first one, the second one, and so on
     * @param isDurable whether it is durable all the same
     */
    void fail(int commits, boolean isDurable) {
        this.commitsToFailure = commits;
        this.isDurable = isDurable;
    }

    @Override
    public Connection apply(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            return method.getName().equals("createStatement") ? failing((Statement) result) : result;
        });
    }

    private Statement failing(Statement statement) {
        return proxy(Statement.class, (method, arguments) -> {
            boolean isCommit = method.getName().equals("execute") && arguments[0].equals("COMMIT");
            if (isCommit) {
                watcher.run();
            }
            boolean fails = isCommit && commitsToFailure > 0 && --commitsToFailure == 0;
            if (!fails) {
                return call(statement, method, arguments);
            }
            if (isDurable) {
                call(statement, method, arguments);
            }
            throw new SQLException("A test has asked for this");
        });
    }

    private interface Call {
        Object call(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.call(method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException ex) {
            throw ex.getCause();
        }
    }
}
