package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.templates.TemplateCategory;
import dev.ackbox.model.templates.TemplateCategoryValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of templates' categories, announced and done, and keeps the latest of each; warns of an announcement and of what became marketing. */
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
        OpenEnum<TemplateCategory> category = announced ? value.correctCategory() : value.newCategory();
        FactBuilder.ofTemplate(change, context)
                .with("category", value.newCategory())
                .with("previous", value.previousCategory())
                .keep(operator.state(), "category");
        if (announced) {
            FactBuilder.ofTemplate(change, context)
                    .with("category", value.correctCategory())
                    .with("from", value.categoryUpdateTimestamp())
                    .keep(operator.state(), "announcedCategory");
        } else {
            FactBuilder.ofTemplate(change, context).drop(operator.state(), "announcedCategory");
            FactBuilder.ofTemplate(change, context).drop(operator.state(), "detectedCategory");
        }
        operator.count(PlatformCount.TEMPLATE_CATEGORIES, announced ? "announced" : "changed", Labels.of(category));
        String what =
                "template " + Labels.id(value.id()) + (announced ? " will be " : " is now ") + Labels.of(category);
        operator.tell(log, change, context, what, next(announced, category));
    }

    /** What to do about it; absent where nothing has to be done. */
    private static @Nullable String next(boolean announced, @Nullable OpenEnum<TemplateCategory> category) {
        if (announced) {
            return "It will cost what that category costs: mend it, or ask for a review";
        }
        return category == TemplateCategory.MARKETING
                ? "It costs what marketing costs and is kept from who stopped that: ask for a review where it is none"
                : null;
    }
}
