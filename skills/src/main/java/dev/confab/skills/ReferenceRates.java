package dev.confab.skills;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The European Central Bank's reference rates of a day.
 *
 * @param date the day, as in {@code 2026-11-20}
 * @param perEuro how much of each currency a euro is worth, by ISO 4217 code, the euro itself included
 */
record ReferenceRates(String date, Map<String, BigDecimal> perEuro) {
    private static final BigDecimal LOWEST = new BigDecimal("1e-6");
    private static final BigDecimal HIGHEST = new BigDecimal("1e9");
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    /**
     * Reads the bank's daily file.
     *
     * @throws dev.confab.dialogue.skill.SkillException if it is no such file
     */
    static ReferenceRates read(byte[] xml, WebService service) {
        Map<String, BigDecimal> perEuro = new HashMap<>(Map.of("EUR", BigDecimal.ONE));
        String date = "";
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(xml));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("Cube")) {
                    String time = reader.getAttributeValue(null, "time");
                    String currency = reader.getAttributeValue(null, "currency");
                    if (time != null) {
                        date = time;
                    }
                    if (currency != null) {
                        perEuro.put(currency, rate(reader.getAttributeValue(null, "rate")));
                    }
                }
            }
        } catch (XMLStreamException | NumberFormatException e) {
            throw service.notUnderstood("its rates cannot be read: " + e.getMessage(), e);
        }
        if (perEuro.size() == 1 || date.isEmpty()) {
            throw service.notUnderstood("its answer has no rates in it", null);
        }
        return new ReferenceRates(date, Map.copyOf(perEuro));
    }

    private static BigDecimal rate(String text) {
        BigDecimal rate = new BigDecimal(String.valueOf(text));
        if (rate.compareTo(LOWEST) < 0 || rate.compareTo(HIGHEST) > 0) {
            throw new NumberFormatException("a rate out of range");
        }
        return rate;
    }
}
