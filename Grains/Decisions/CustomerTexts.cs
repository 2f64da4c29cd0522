using CoffeePayment.Orders;

namespace CoffeePayment.Grains.Decisions;

/// <summary>What the customer may read when an order did not go the usual way.</summary>
public static class CustomerTexts
{
    /// <summary>The explanation of a status and its reason; null where there is nothing to explain.</summary>
    public static string? Explain(OrderStatus status, string? reason, CustomerLanguage language)
    {
        if (TextsOf(status, reason) is not var (russian, english)) return null;

        return language == CustomerLanguage.English ? english : russian;
    }

    private static (string Russian, string English)? TextsOf(OrderStatus status, string? reason) =>
        (status, reason) switch
        {
            (OrderStatus.NotPaid, StatusReasons.PaymentExpired) => (
                "Время оплаты истекло. Если деньги списались, мы это увидим и вернём их.",
                "The time to pay is over. If you were charged, we will notice and return the money."),
            (OrderStatus.NotPaid, "insufficient_funds") => (
                "Оплата не прошла: на карте недостаточно средств. Деньги не списаны.",
                "The payment failed: there is not enough money on the card. You were not charged."),
            (OrderStatus.NotPaid, "card_expired") => (
                "Оплата не прошла: срок действия карты истёк. Деньги не списаны.",
                "The payment failed: the card has expired. You were not charged."),
            (OrderStatus.NotPaid, "3d_secure_failed") => (
                "Оплата не прошла: банк не подтвердил платёж (3-D Secure). Деньги не списаны.",
                "The payment failed: your bank did not confirm it (3-D Secure). You were not charged."),
            (OrderStatus.NotPaid, "invalid_card_number" or "invalid_csc") => (
                "Оплата не прошла: проверьте данные карты. Деньги не списаны.",
                "The payment failed: please check the card's details. You were not charged."),
            (OrderStatus.NotPaid, "expired_on_confirmation") => (
                "Оплата не была подтверждена вовремя. Деньги не списаны.",
                "The payment was not confirmed in time. You were not charged."),
            (OrderStatus.NotPaid, "canceled_by_merchant") => (
                "Платёж отменён продавцом. Деньги не списаны или будут возвращены.",
                "The seller canceled the payment. You were not charged, or will get the money back."),
            (OrderStatus.NotPaid, _) => (
                "Оплата не прошла. Деньги не списаны. Попробуйте другую карту или другой способ оплаты.",
                "The payment failed. You were not charged. Please try another card or another way to pay."),
            (OrderStatus.Failed, _) => (
                "Не удалось узнать, прошла ли оплата. Если деньги списались, мы это увидим и вернём их.",
                "We could not find out whether you paid. If you were charged, we will notice and return the money."),
            (OrderStatus.MakeFailed, _) => (
                "Оплата прошла, но автомат не приготовил напиток. Мы вернём деньги или приготовим его: обратитесь к "
                    + "оператору.",
                "You have paid, but the machine did not make the drink. We will return the money or make it: please "
                    + "contact the operator."),
            (OrderStatus.ManualMake, StatusReasons.PaidLate) => (
                "Оплата пришла слишком поздно, напиток не готовится сам. Оператор приготовит его или вернёт деньги.",
                "Your payment came too late for the drink to start by itself. The operator will make it or return the "
                    + "money."),
            (OrderStatus.ManualMake, StatusReasons.AmountMismatch) => (
                "Оплаченная сумма не совпала с ценой напитка. Оператор разберётся и приготовит его или вернёт деньги.",
                "The amount paid is not the price of the drink. The operator will sort it out: make it or return the "
                    + "money."),
            (OrderStatus.ManualMake, _) => (
                "Оплата прошла, но связь с автоматом прервалась. Если напитка нет, обратитесь к оператору: он "
                    + "приготовит его или вернёт деньги.",
                "You have paid, but the connection to the machine broke. If there is no drink, please contact the "
                    + "operator, who will make it or return the money."),
            _ => null,
        };
}
