package dev.ackbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.handler.Handler;
import dev.ackbox.handler.Received;
import dev.ackbox.model.Contact;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.Value;
import dev.ackbox.model.calls.CallsValue;
import dev.ackbox.model.groups.GroupChange;
import dev.ackbox.model.messages.Choice;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.messages.FlowReply;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.PaymentStatus;
import dev.ackbox.model.messages.Reply;
import dev.ackbox.model.messages.Status;
import dev.ackbox.model.templates.TemplateValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.interceptor.SimpleTraceInterceptor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

class HandlerRegistryTests {

    @Test
    void aLambdaTakesWhatItsMethodDeclares() {
        assertThat(find(Lambda.class)).containsExactly("lambda takes Text");
    }

    @Configuration(proxyBeanMethods = false)
    static class Lambda {

        @Bean
        Handler<Content.Text> lambda() {
            return (text, received) -> {};
        }
    }

    @Test
    void aComponentTakesWhatItsClassDeclares() {
        assertThat(find(Statuses.class)).containsExactly("statuses takes Status");
    }

    @Component("statuses")
    static class Statuses implements Handler<Status> {

        @Override
        public void handle(Status status, Received received) {}
    }

    @Test
    void aTypeIsFoundThroughGenericSuperclasses() {
        assertThat(find(Orders.class)).containsExactly("orders takes Order");
    }

    abstract static class Numbered<N extends Number, C extends Content> implements Handler<C> {

        @Override
        public void handle(C content, Received received) {}
    }

    @Component("orders")
    static class Orders extends Numbered<Long, Content.Order> {}

    @Test
    void aBeanMethodMayDeclareASubclass() {
        assertThat(find(Subclass.class)).containsExactly("cheapOrders takes Order");
    }

    @Configuration(proxyBeanMethods = false)
    static class Subclass {

        @Bean
        Orders cheapOrders() {
            return new Orders() {};
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProxyTakesWhatItsTargetDeclares(boolean ofClass) {
        Proxied.ofClass = ofClass;
        assertThat(find(Proxied.class)).containsExactly("proxied takes Order");
    }

    @Configuration(proxyBeanMethods = false)
    static class Proxied {

        static boolean ofClass;

        @Bean
        @SuppressWarnings("rawtypes") // as a careless user may write it
        Handler proxied() {
            ProxyFactory proxy = new ProxyFactory(new Orders());
            proxy.setProxyTargetClass(ofClass);
            proxy.addAdvice(new SimpleTraceInterceptor());
            return (Handler) proxy.getProxy();
        }
    }

    @Test
    void aBeanThatIsRegisteredAsAnObjectTakesWhatItsClassDeclares() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getBeanFactory().registerSingleton("object", new Orders());
            context.refresh();
            assertThat(find(context)).containsExactly("object takes Order");
        }
    }

    @Test
    void aBeanInAScopeIsOneHandler() {
        assertThat(find(Scoped.class)).containsExactly("scoped takes Message");
    }

    @Component("scoped")
    @Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class Scoped implements Handler<Message> {

        @Override
        public void handle(Message message, Received received) {}
    }

    @Test
    void aLambdaInAScopeTakesWhatItsMethodDeclares() {
        assertThat(find(ScopedLambda.class)).containsExactly("scopedLambda takes Text");
    }

    @Configuration(proxyBeanMethods = false)
    static class ScopedLambda {

        @Bean
        @Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
        Handler<Content.Text> scopedLambda() {
            return (text, received) -> {};
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0085b", "orders[0]", "[12]", "built-in stage"})
    void aNameThatCouldBeTakenForAnotherStopsTheStart(String name) {
        try (AnnotationConfigApplicationContext context = contextWith(name, Message.class)) {
            assertThatExceptionOfType(HandlerTypeException.class)
                    .isThrownBy(() -> find(context))
                    .withMessageMatching("The handler bean '[^\\p{Cntrl}\u0085]+' of shop.jar has a name .*")
                    .satisfies(thrown -> assertThat(thrown.action()).startsWith("Rename the bean"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "orders[x]", "orders[0]s", "a built-in stage", "bestellungen-für.alle"})
    void anyOtherNameWillDo(String name) {
        try (AnnotationConfigApplicationContext context = contextWith(name, Message.class)) {
            assertThat(find(context)).containsExactly(name + " takes Message");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Value.class,
                UnknownValue.class,
                MessagesValue.class,
                TemplateValue.class,
                Message.class,
                Content.class,
                Content.Media.class,
                Content.Sticker.class,
                Content.Unknown.class,
                Reply.class,
                Choice.class,
                PaymentStatus.class,
                FlowReply.class,
                Status.class,
                PlatformError.class,
                CallsValue.Call.class,
                GroupChange.class
            })
    void whatOccursMayBeTaken(Class<?> type) {
        try (AnnotationConfigApplicationContext context = contextWith(type)) {
            assertThat(find(context)).containsExactly("some takes " + type.getSimpleName());
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                String.class,
                Record.class,
                Comparable.class,
                Contact.class,
                Message.HistoryContext.class,
                Order.class,
                List.class
            })
    void whatNeverOccursStopsTheStart(Class<?> type) {
        try (AnnotationConfigApplicationContext context = contextWith(type)) {
            assertThatExceptionOfType(HandlerTypeException.class)
                    .isThrownBy(() -> find(context))
                    .withMessage("The handler bean 'some' of shop.jar takes " + type.getName()
                            + ", which is never handed to a handler.")
                    .satisfies(thrown -> assertThat(thrown.action()).contains("Check the import"));
        }
    }

    /** A lambda as a bean that is declared to take a type. */
    private static AnnotationConfigApplicationContext contextWith(Class<?> type) {
        return contextWith("some", type);
    }

    private static AnnotationConfigApplicationContext contextWith(String name, Class<?> type) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(ResolvableType.forClassWithGenerics(Handler.class, type));
        definition.setInstanceSupplier(() -> (Handler<Object>) (taken, received) -> {});
        definition.setResourceDescription("shop.jar");
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBeanDefinition(name, definition);
        context.refresh();
        return context;
    }

    @Test
    void whatHasNoTypeStopsTheStartAndIsNamedWithItsSource() {
        assertThatExceptionOfType(HandlerTypeException.class)
                .isThrownBy(() -> find(Careless.class))
                .withMessageContaining("'careless'")
                .withMessageContaining("Careless")
                .withMessageEndingWith("does not say what it takes.");
    }

    @Configuration(proxyBeanMethods = false)
    static class Careless {

        @Bean
        Handler<?> careless() {
            return (taken, received) -> {};
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OpenMethod.class, OpenClass.class})
    void aTypeVariableIsNoType(Class<?> beans) {
        assertThatExceptionOfType(HandlerTypeException.class)
                .isThrownBy(() -> find(beans))
                .withMessageEndingWith("does not say what it takes.");
    }

    @Configuration(proxyBeanMethods = false)
    static class OpenMethod {

        @Bean
        <T extends Content> Handler<T> open() {
            return (taken, received) -> {};
        }
    }

    @Component("open")
    static class OpenClass<T extends Content> implements Handler<T> {

        @Override
        public void handle(T content, Received received) {}
    }

    @Test
    void orderIsThatOfTheAnnotationThenOfTheName() {
        assertThat(find(Ordering.class))
                .extracting(line -> line.substring(0, 1))
                .containsExactly("z", "c", "d", "b", "a");
    }

    @Configuration(proxyBeanMethods = false)
    static class Ordering {

        @Bean
        Handler<Value> a() {
            return (value, received) -> {};
        }

        @Bean
        @Order(2)
        Handler<Value> b() {
            return (value, received) -> {};
        }

        @Bean
        @Order(1)
        Handler<Value> d() {
            return (value, received) -> {};
        }

        @Bean
        @Order(1)
        Handler<Value> c() {
            return (value, received) -> {};
        }

        @Bean
        First z() {
            return new First();
        }
    }

    static class First implements Handler<Value>, Ordered {

        @Override
        public void handle(Value value, Received received) {}

        @Override
        public int getOrder() {
            return 0;
        }
    }

    private static List<String> find(Class<?> beans) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(beans)) {
            return find(context);
        }
    }

    private static List<String> find(AnnotationConfigApplicationContext context) {
        return HandlerRegistry.find(context.getBeanFactory(), DispatchProperties.DEFAULTS).handlers().stream()
                .map(handler -> handler.name() + " takes " + handler.type().getSimpleName())
                .toList();
    }
}
