package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.TemplateCategory;
import dev.ackbox.model.TemplateCategoryValue;
import dev.ackbox.model.Word;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of templates' categories, announced and done, and keeps the latest of each; warns of an announcement. */
final class TemplateCategoryHandler implements ChangeHandler<TemplateCategoryValue> {

    private static final Logger log = LoggerFactory.getLogger(TemplateCategoryHandler.class);

    private final Operator operator;

    TemplateCategoryHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<TemplateCategoryValue> change, ChangeContext context) {
        TemplateCategoryValue value = change.value();
        boolean announced = value.correctCategory() != null && value.previousCategory() == null;
        Word<TemplateCategory> category = announced ? value.correctCategory() : value.newCategory();
        operator.count(PlatformCount.TEMPLATE_CATEGORIES, announced ? "announced" : "changed", Labels.of(category));
        FactBuilder.ofTemplate(change, context)
                .with("category", value.newCategory())
                .with("previous", value.previousCategory())
                .with("announced", announced ? value.correctCategory() : null)
                .with("announcedFor", announced ? value.categoryUpdateTimestamp() : null)
                .keep(operator.state(), "category");
        String what = "template " + Labels.id(value.messageTemplateId()) + (announced ? " will be " : " is now ")
                + Labels.of(category);
        if (announced) {
            operator.warn(
                    log, change, context, what, "It will cost what that category costs: mend it, or ask for a review");
        } else {
            operator.info(log, change, context, what);
        }
    }
}
