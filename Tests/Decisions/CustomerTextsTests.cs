using System.Text.RegularExpressions;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Decisions;

public sealed partial class CustomerTextsTests
{
    private static readonly string?[] Reasons =
    [
        StatusReasons.PaymentExpired, StatusReasons.PaidLate, StatusReasons.AmountMismatch,
        StatusReasons.WaitingForCapture, StatusReasons.ProviderUnreachable, StatusReasons.MakeUnknown,
        StatusReasons.MakeRefused, StatusReasons.NotMade,

        // YooKassa's cancellation reasons: https://yookassa.ru/developers
        "3d_secure_failed", "call_issuer", "card_expired", "payment_method_limit_exceeded",
        "payment_method_restricted", "country_forbidden", "general_decline", "fraud_suspected",
        "identification_required", "insufficient_funds", "invalid_card_number", "invalid_csc", "issuer_unavailable",
        "canceled_by_merchant", "permission_revoked", "internal_timeout", "expired_on_confirmation",
        "expired_on_capture", "unsupported_mobile_operator", "deal_expired",

        "canceled", "of_an_unheard_reason", "", null,
    ];

    public static TheoryData<OrderStatus, string?> Explained => Pairs(
        OrderStatus.NotPaid, OrderStatus.Failed, OrderStatus.ManualMake, OrderStatus.MakeFailed);

    public static TheoryData<OrderStatus, string?> Unexplained => Pairs(
        OrderStatus.Pending, OrderStatus.Paid, OrderStatus.MakePending, OrderStatus.Successful, OrderStatus.Refunded);

    [Theory]
    [MemberData(nameof(Explained))]
    public void Explain_SomethingWentWrong_IsASentenceInPlainRussian(OrderStatus status, string? reason)
    {
        var text = CustomerTexts.Explain(status, reason, CustomerLanguage.Russian);

        Assert.Matches(RussianSentences(), text);
        Assert.DoesNotMatch(LatinLetters(), text!.Replace("3-D Secure", "", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Explained))]
    public void Explain_SomethingWentWrong_IsASentenceInPlainEnglish(OrderStatus status, string? reason)
    {
        var text = CustomerTexts.Explain(status, reason, CustomerLanguage.English);

        Assert.Matches(EnglishSentences(), text);
        Assert.DoesNotMatch(InternalWords(), text);
    }

    [Theory]
    [MemberData(nameof(Unexplained))]
    public void Explain_NothingWentWrong_IsNothing(OrderStatus status, string? reason)
    {
        Assert.Null(CustomerTexts.Explain(status, reason, CustomerLanguage.Russian));
        Assert.Null(CustomerTexts.Explain(status, reason, CustomerLanguage.English));
    }

    [Theory]
    [InlineData(OrderStatus.NotPaid, StatusReasons.PaymentExpired)]
    [InlineData(OrderStatus.Failed, StatusReasons.ProviderUnreachable)]
    [InlineData(OrderStatus.Failed, StatusReasons.WaitingForCapture)]
    public void Explain_NobodyKnowsWhetherItWasPaid_DoesNotSayThatItWasNot(OrderStatus status, string reason)
    {
        Assert.Matches("If you were charged", CustomerTexts.Explain(status, reason, CustomerLanguage.English));
        Assert.Matches("Если деньги списались", CustomerTexts.Explain(status, reason, CustomerLanguage.Russian));
    }

    [Theory]
    [InlineData(OrderStatus.ManualMake, StatusReasons.PaidLate)]
    [InlineData(OrderStatus.ManualMake, StatusReasons.AmountMismatch)]
    [InlineData(OrderStatus.ManualMake, StatusReasons.MakeUnknown)]
    [InlineData(OrderStatus.MakeFailed, StatusReasons.MakeRefused)]
    [InlineData(OrderStatus.MakeFailed, StatusReasons.NotMade)]
    public void Explain_Paid_SaysWhoHelpsAndThatTheMoneyCanComeBack(OrderStatus status, string reason)
    {
        Assert.Matches(
            "operator.*return the money|return the money.*operator",
            CustomerTexts.Explain(status, reason, CustomerLanguage.English));
        Assert.Matches(
            "(?i)оператор.*верн[уё]т деньги|вернём деньги.*оператор",
            CustomerTexts.Explain(status, reason, CustomerLanguage.Russian));
    }

    private static TheoryData<OrderStatus, string?> Pairs(params OrderStatus[] statuses)
    {
        var pairs = new TheoryData<OrderStatus, string?>();
        foreach (var status in statuses)
        {
            foreach (var reason in Reasons)
                pairs.Add(status, reason);
        }

        return pairs;
    }

    [GeneratedRegex(@"\A[А-ЯЁ].*\.\z")]
    private static partial Regex RussianSentences();

    [GeneratedRegex("[A-Za-z_]")]
    private static partial Regex LatinLetters();

    [GeneratedRegex(@"\A[A-Z][^А-Яа-яЁё]*\.\z")]
    private static partial Regex EnglishSentences();

    [GeneratedRegex("_|null|provider|timeout|status|webhook|silo|grain|YooKassa|HTTP|API", RegexOptions.IgnoreCase)]
    private static partial Regex InternalWords();
}
