package dev.ackbox.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Threads that handlers run on: virtual ones where the runtime has them. How many there are is bounded by who starts them. */
final class HandlerThreads {

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private HandlerThreads() {}

    static Executor create() {
        if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS) {
            return new VirtualThreadTaskExecutor("ackbox-handler-");
        }
        CustomizableThreadFactory threads = new CustomizableThreadFactory("ackbox-handler-");
        threads.setDaemon(true);
        return Executors.newCachedThreadPool(threads);
    }
}
