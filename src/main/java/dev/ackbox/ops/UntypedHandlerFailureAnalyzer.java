package dev.ackbox.ops;

import dev.ackbox.dispatch.UntypedHandlerException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do where a handler does not say what it takes. */
final class UntypedHandlerFailureAnalyzer extends AbstractFailureAnalyzer<UntypedHandlerException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UntypedHandlerException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Declare it with the value in its type: 'class MyHandler implements ChangeHandler<MessagesValue>', or a"
                        + " @Bean method that returns ChangeHandler<MessagesValue>.",
                cause);
    }
}
