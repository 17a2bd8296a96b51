package dev.confab.dialogue.skill;

import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.operators.InfixOperator;
import com.ezylang.evalex.operators.OperatorIfc;
import com.ezylang.evalex.operators.arithmetic.InfixPowerOfOperator;
import com.ezylang.evalex.parser.Token;
import java.math.BigDecimal;

/** The library's power operator for results of up to a thousand digits: with {@code 9^9^9} it would never end. */
@InfixOperator(precedence = OperatorIfc.OPERATOR_PRECEDENCE_POWER, leftAssociative = false)
final class BoundedPower extends InfixPowerOfOperator {
    private static final BigDecimal MOST_DIGITS = BigDecimal.valueOf(1_000);

    /**
     * {@inheritDoc}
     *
     * @throws ArithmeticException if the result could have more than a thousand digits before or after its point
     */
    @Override
    public EvaluationValue evaluate(Expression expression, Token operator, EvaluationValue... operands)
            throws EvaluationException {
        if (operands[0].isNumberValue() && operands[1].isNumberValue()) {
            BigDecimal base = operands[0].getNumberValue();
            BigDecimal digits = BigDecimal.valueOf(1L + Math.abs((long) base.precision() - base.scale()));
            if (operands[1].getNumberValue().abs().multiply(digits).compareTo(MOST_DIGITS) > 0) {
                throw new ArithmeticException("the power has too many digits");
            }
        }
        return super.evaluate(expression, operator, operands);
    }
}
