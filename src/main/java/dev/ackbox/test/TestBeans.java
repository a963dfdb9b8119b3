package dev.ackbox.test;

import dev.ackbox.dispatch.DispatchObserver;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxProperties;
import dev.ackbox.inbox.LatestValues;
import dev.ackbox.inbox.RecordNotes;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.memory.MemoryStore;
import java.time.Clock;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.support.GenericApplicationContext;

/** What a test has in place of Ackbox's own. Registered by code alone, so nothing here is ever found in production. */
final class TestBeans {

    private final MovableClock clock;
    private final boolean inMemory;
    private final Journal journal;
    private final FakeMeta meta = new FakeMeta();

    TestBeans(MovableClock clock, boolean inMemory) {
        this.clock = clock;
        this.inMemory = inMemory;
        this.journal = new Journal(clock);
    }

    Journal journal() {
        return journal;
    }

    void register(GenericApplicationContext context) {
        context.registerBean("testClock", Clock.class, () -> clock, TestBeans::prefer);
        context.registerBean("testJournal", DispatchObserver.class, () -> journal, TestBeans::prefer);
        context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof DispatchObserver observer && bean != journal) {
                    journal.passTo(observer);
                }
                boolean isOfHandlers =
                        bean instanceof Consumer consumer && consumer.name().equals(ConsumerDefinition.HANDLERS.name());
                return isOfHandlers ? journal.watch((Consumer) bean) : bean;
            }
        });
        context.registerBean("testMeta", FakeMeta.class, () -> meta);
        if (inMemory) {
            context.registerBean("testInbox", StoredInbox.class, () -> openInbox(context));
            context.registerBean(
                    "testLatestValues",
                    LatestValues.class,
                    () -> context.getBean(StoredInbox.class).latestValues());
            context.registerBean(
                    "testRecordNotes",
                    RecordNotes.class,
                    () -> context.getBean(StoredInbox.class).notes());
        }
    }

    private static void prefer(BeanDefinition definition) {
        definition.setPrimary(true);
    }

    private StoredInbox openInbox(GenericApplicationContext context) {
        InboxProperties properties =
                Binder.get(context.getEnvironment()).bindOrCreate("ackbox.inbox", InboxProperties.class);
        return StoredInbox.open(
                MemoryStore.ofOneProcess(clock).connect("test"),
                StoredInbox.Settings.of(properties),
                context.getBean(InboxObserver.class),
                clock);
    }
}
