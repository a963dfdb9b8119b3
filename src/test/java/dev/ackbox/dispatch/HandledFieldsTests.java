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

    /** Of handlers that cannot be created. */
    private static Set<String> of(Class<?>... types) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        for (Class<?> type : types) {
            RootBeanDefinition handler = new RootBeanDefinition();
            handler.setTargetType(ResolvableType.forClassWithGenerics(Handler.class, type));
            handler.setInstanceSupplier(() -> {
                throw new IllegalStateException();
            });
            beans.registerBeanDefinition(type.getSimpleName(), handler);
        }
        return HandledFields.of(beans);
    }
}
