package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.QualityScore;
import dev.ackbox.model.templates.TemplateQualityValue;
import dev.ackbox.model.templates.TemplateValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of templates' quality and keeps the latest of each; warns of a bad one. */
final class TemplateQualityHandler implements ChangeHandler<TemplateQualityValue> {

    private static final Logger log = LoggerFactory.getLogger(TemplateQualityHandler.class);

    private final Operator operator;

    TemplateQualityHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<TemplateQualityValue> change, ChangeContext context) {
        TemplateQualityValue value = change.value();
        keep(operator, change, context, value.previousQualityScore(), value.newQualityScore());
    }

    static void keep(
            Operator operator,
            Change<? extends TemplateValue> change,
            ChangeContext context,
            @Nullable OpenEnum<QualityScore> previous,
            @Nullable OpenEnum<QualityScore> current) {
        FactBuilder.ofTemplate(change, context)
                .with("score", current)
                .with("previous", previous)
                .keep(operator.state(), "quality");
        operator.count(PlatformCount.TEMPLATE_QUALITY, Labels.of(previous), Labels.of(current));
        String what = "quality of template " + Labels.id(change.value().id()) + " went from " + Labels.of(previous)
                + " to " + Labels.of(current);
        if (current == QualityScore.RED) {
            operator.warn(log, change, context, what, "It is paused next: send it less, and only to who wants it");
        } else {
            operator.info(log, change, context, what);
        }
    }
}
