using CoffeePayment.Silo.Yookassa;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Tests.Yookassa;

public sealed class YookassaOptionsTests
{
    public static TheoryData<string, Action<YookassaOptions>, string> Mistakes => new()
    {
        { "relative address", o => o.ApiUrl = new Uri("/v3", UriKind.Relative), "YOOKASSA_API_URL" },
        { "other scheme", o => o.ApiUrl = new Uri("ftp://host/v3"), "YOOKASSA_API_URL" },
        { "user name", o => o.ApiUrl = new Uri("https://user:word@host/v3"), "YOOKASSA_API_URL" },
        { "query", o => o.ApiUrl = new Uri("https://host/v3?a=b"), "YOOKASSA_API_URL" },
        { "no time", o => o.Timeout = TimeSpan.Zero, "Timeout" },
        { "too much time", o => o.Timeout = TimeSpan.FromSeconds(21), "Timeout" },
        { "nothing under way", o => o.InFlightMax = 0, "InFlightMax" },
        { "one bad order", o => o.FailingOrdersMin = 1, "FailingOrdersMin" },
        { "breaks shrink", o => o.BreakDurationMax = TimeSpan.FromSeconds(1), "BreakDurationMax" },
        { "no account", o => o.Merchants["shop"].AccountId = "", "account id of merchant 'shop'" },
        { "colon in account", o => o.Merchants["shop"].AccountId = "a:b", "account id of merchant 'shop'" },
        { "no key", o => o.Merchants["shop"].SecretKey = "", "secret key of merchant 'shop'" },
        { "merchant's address", o => o.Merchants["shop"].ApiUrl = new Uri("ftp://host"), "address of merchant" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Options_OneMistake_IsNamedWithoutTheSecret(string mistake, Action<YookassaOptions> make, string named)
    {
        using var services = ServicesWith(make);

        var exception = Assert.Throws<OptionsValidationException>(() => ValueOf(services));

        Assert.Contains(named, Assert.Single(exception.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain(YookassaHarness.SecretKey, exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(mistake);
    }

    [Fact]
    public void Options_AsTheyAre_AreValid()
    {
        using var services = ServicesWith(_ => { });

        Assert.Equal(new Uri("https://api.yookassa.ru/v3"), ValueOf(services).ApiUrl);
        Assert.Equal(TimeSpan.FromSeconds(3), ValueOf(services).Timeout);
        Assert.Equal(2048, ValueOf(services).InFlightMax);
    }

    private static YookassaOptions ValueOf(ServiceProvider services) =>
        services.GetRequiredService<IOptions<YookassaOptions>>().Value;

    private static ServiceProvider ServicesWith(Action<YookassaOptions> make) => new ServiceCollection()
        .AddLogging()
        .AddYookassa()
        .Configure<YookassaOptions>(options => options.Merchants["shop"] = new YookassaMerchant
        {
            AccountId = "100500",
            SecretKey = YookassaHarness.SecretKey,
        })
        .Configure(make)
        .BuildServiceProvider();
}
