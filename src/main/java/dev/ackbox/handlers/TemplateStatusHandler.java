package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.templates.TemplateStatusValue;
import dev.ackbox.model.templates.TemplateStatusValue.Event;
import dev.ackbox.model.templates.TemplateStatusValue.PauseTitle;
import dev.ackbox.model.templates.TemplateStatusValue.RejectionInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of templates and keeps the latest of each; warns where one cannot be sent. */
final class TemplateStatusHandler implements ChangeHandler<TemplateStatusValue> {

    private static final Logger log = LoggerFactory.getLogger(TemplateStatusHandler.class);

    private final Operator operator;

    TemplateStatusHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<TemplateStatusValue> change, ChangeContext context) {
        TemplateStatusValue value = change.value();
        OpenEnum<PauseTitle> title =
                value.otherInfo() == null ? null : value.otherInfo().title();
        RejectionInfo rejection = value.rejectionInfo();
        FactBuilder.ofTemplate(change, context)
                .with("event", value.event())
                .with("reason", value.reason())
                .with("detail", rejection == null ? null : rejection.reason())
                .with("recommendation", rejection == null ? null : rejection.recommendation())
                .with("pause", title)
                .with(
                        "disableDate",
                        value.disableInfo() == null ? null : value.disableInfo().disableDate())
                .keep(operator.state(), "status");
        if (value.category() != null) {
            FactBuilder.ofTemplate(change, context)
                    .with("category", value.category())
                    .keep(operator.state(), "category");
        }
        operator.count(PlatformCount.TEMPLATES, Labels.of(value.event()), Labels.of(value.reason()));
        String what = "template " + Labels.id(value.id()) + " is " + Labels.of(value.event())
                + (title == null ? "" : ", " + Labels.of(title)) + ", reason " + Labels.of(value.reason());
        String next = title == PauseTitle.UNPAUSE ? null : next(value.event());
        operator.tell(log, change, context, what, next);
    }

    /** What to do about it; absent where nothing has to be done. */
    private static @Nullable String next(@Nullable OpenEnum<Event> event) {
        if (!(event instanceof Event known)) {
            return null;
        }
        return switch (known) {
            case REJECTED -> "Sending it fails: mend it, or appeal in WhatsApp Manager";
            case DISABLED -> "Sending it fails: use another template, or appeal in Business Support Home";
            case PAUSED -> "Sending it fails for hours: let what uses it wait, and mend it";
            case FLAGGED -> "Users take it badly and it may be disabled: mend it";
            case LOCKED -> "It cannot be edited: look at it in WhatsApp Manager";
            case LIMIT_EXCEEDED -> "The account has too many templates: delete some";
            case PENDING_DELETION, DELETED -> "Sending it fails: make sure that this was meant";
            default -> null;
        };
    }
}
