package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.templates.TemplateComponentsValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts edits of templates, and keeps when the latest of each was. */
final class TemplateComponentsHandler implements ChangeHandler<TemplateComponentsValue> {

    private static final Logger log = LoggerFactory.getLogger(TemplateComponentsHandler.class);

    private final Operator operator;

    TemplateComponentsHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<TemplateComponentsValue> change, ChangeContext context) {
        FactBuilder.ofTemplate(change, context).keep(operator.state(), "edit");
        operator.count(PlatformCount.TEMPLATE_EDITS);
        operator.info(
                log, change, context, "template " + Labels.id(change.value().id()) + " was edited");
    }
}
