package dev.ackbox.ops;

import dev.ackbox.jars.BeanOrigin;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says where two beans of one name come from. Comes before the framework's own analyzer, which names no jar and advises to let one replace
 * the other.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BeanNameFailureAnalyzer extends AbstractFailureAnalyzer<BeanDefinitionOverrideException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BeanDefinitionOverrideException cause) {
        return new FailureAnalysis(
                "Two beans have the name '" + cause.getBeanName() + "': one of "
                        + BeanOrigin.of(cause.getExistingDefinition()) + ", one of "
                        + BeanOrigin.of(cause.getBeanDefinition()) + ".",
                "Give one of them another name. Ackbox remembers by its bean's name what a handler has done, so rename the"
                        + " newer one.",
                cause);
    }
}
