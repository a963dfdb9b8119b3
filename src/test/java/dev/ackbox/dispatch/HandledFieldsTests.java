package dev.ackbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.handler.Handler;
import dev.ackbox.model.Value;
import dev.ackbox.model.calls.CallsValue;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.templates.TemplateStatusValue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

class HandledFieldsTests {

    @Test
    void areThoseThatADeclarationNeeds() {
        assertThat(of(Content.Text.class)).containsExactly("messages");
        assertThat(of(TemplateStatusValue.class)).containsExactly("message_template_status_update");
        assertThat(of(CallsValue.Call.class, Content.Media.class)).containsExactly("calls", "messages");
        assertThat(of(Value.class)).isEmpty();
    }

    @Test
    void areThoseOfTheOthersWhereABeanDoesNotDeclareWhatItTakes() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        register(beans, "raw", ResolvableType.forClass(Handler.class));
        register(beans, "texts", ResolvableType.forClassWithGenerics(Handler.class, Content.Text.class));
        assertThat(HandledFields.of(beans)).containsExactly("messages");
    }

    private static Set<String> of(Class<?>... types) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        for (Class<?> type : types) {
            register(beans, type.getSimpleName(), ResolvableType.forClassWithGenerics(Handler.class, type));
        }
        return HandledFields.of(beans);
    }

    /** Registers a handler that cannot be created. */
    private static void register(DefaultListableBeanFactory beans, String name, ResolvableType type) {
        RootBeanDefinition handler = new RootBeanDefinition();
        handler.setTargetType(type);
        handler.setInstanceSupplier(() -> {
            throw new IllegalStateException();
        });
        beans.registerBeanDefinition(name, handler);
    }
}
