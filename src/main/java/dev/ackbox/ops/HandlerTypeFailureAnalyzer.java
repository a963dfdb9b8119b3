package dev.ackbox.ops;

import dev.ackbox.dispatch.HandlerTypeException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a handler whose type is missing or never occurs. */
final class HandlerTypeFailureAnalyzer extends AbstractFailureAnalyzer<HandlerTypeException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, HandlerTypeException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
