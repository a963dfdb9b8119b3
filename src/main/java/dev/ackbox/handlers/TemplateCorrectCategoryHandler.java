package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.templates.TemplateCorrectCategoryValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts templates that the platform takes for ones of another category, keeps and warns of it. */
final class TemplateCorrectCategoryHandler implements ChangeHandler<TemplateCorrectCategoryValue> {

    private static final Logger log = LoggerFactory.getLogger(TemplateCorrectCategoryHandler.class);

    private final Operator operator;

    TemplateCorrectCategoryHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<TemplateCorrectCategoryValue> change, ChangeContext context) {
        TemplateCorrectCategoryValue value = change.value();
        FactBuilder.ofTemplate(change, context)
                .with("category", value.category())
                .with("correct", value.correctCategory())
                .keep(operator.state(), "detectedCategory");
        operator.count(PlatformCount.TEMPLATE_CATEGORIES, "detected", Labels.of(value.correctCategory()));
        operator.warn(
                log,
                change,
                context,
                "template " + Labels.id(value.id()) + " is " + Labels.of(value.category()) + " and taken for "
                        + Labels.of(value.correctCategory()),
                "Its category may be changed: mend it, or let it be what it is taken for");
    }
}
