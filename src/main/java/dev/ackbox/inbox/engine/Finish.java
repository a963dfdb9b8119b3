package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxObserver.Result;
import java.time.Duration;

/** A record's end for a consumer, to be told to the observer once it is durable. */
record Finish(String field, Result result, Duration latency) {}
