using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Yookassa;

namespace CoffeePayment.Tests.Inputs.Answers;

/// <summary>The reader of replies against a judge who knows nothing of it.</summary>
public sealed class ReaderTests
{
    private const int Bodies = 30_000;
    private const string PaymentId = "payment-1";

    private static readonly Money Price = new(15_000, "RUB");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_StrangeBodies_IsNeverMoreThanTheySay()
    {
        for (var seed = 0; seed < Bodies; seed++)
        {
            var body = new PaymentBodies(new Random(seed)).Strange(PaymentId);

            var answer = Read(body);

            var truth = ReplyOracle.TruthOf(body, PaymentId, PlayedOrder.Price);
            // Nothing ends by a status that nobody knows, whether or not it is text.
            var isHarmless = answer is PaymentTruth.Nothing or PaymentTruth.Other;
            Assert.True(isHarmless || answer == truth, $"Seed {seed}: {answer}, and it says {truth}.");
        }
    }

    [Fact]
    public void Read_RightBodies_IsWhatTheySay()
    {
        var paid = 0;
        for (var seed = 0; seed < Bodies / 10; seed++)
        {
            var body = System.Text.Encoding.UTF8.GetBytes(new PaymentBodies(new Random(seed)).Right(PaymentId));

            var answer = Read(body);

            Assert.Equal(ReplyOracle.TruthOf(body, PaymentId, PlayedOrder.Price), answer);
            if (answer == PaymentTruth.Paid) paid++;
        }

        Assert.InRange(paid, Bodies / 30, Bodies / 15);
    }

    private static PaymentTruth Read(byte[] body) =>
        PaymentAnswerReader.Read(200, retryAfter: null, body, PaymentId, Now) switch
        {
            ProviderAnswer.Pending => PaymentTruth.Pending,
            ProviderAnswer.Succeeded succeeded when succeeded.Amount == Price => PaymentTruth.Paid,
            ProviderAnswer.Succeeded => PaymentTruth.PaidOtherwise,
            ProviderAnswer.Canceled => PaymentTruth.Canceled,
            ProviderAnswer.WaitingForCapture => PaymentTruth.WaitingForCapture,
            ProviderAnswer.UnknownStatus => PaymentTruth.Other,
            _ => PaymentTruth.Nothing,
        };
}
