using CoffeePayment.Silo.Tmetr;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Tests.Tmetr;

public sealed class TmetrOptionsTests
{
    private const string Token = "tmetr-token-do-not-tell";

    [Theory]
    [InlineData(null, Token, "Url")]
    [InlineData("tmetr.example", Token, "TMETR_HOST")]
    [InlineData("ftp://tmetr.example", Token, "TMETR_HOST")]
    [InlineData("https://user:word@tmetr.example", Token, "TMETR_HOST")]
    [InlineData("https://tmetr.example?a=b", Token, "TMETR_HOST")]
    [InlineData("https://tmetr.example", "", "Token")]
    [InlineData("https://tmetr.example", Token + "\n", "TMETR_TOKEN")]
    public void Options_OneMistake_IsNamedWithoutTheToken(string? url, string token, string named)
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddTmetr()
            .Configure<TmetrOptions>(options =>
            {
                options.Url = url is null ? null : new Uri(url, UriKind.RelativeOrAbsolute);
                options.Token = token;
            })
            .BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptions<TmetrOptions>>().Value);

        Assert.Contains(named, Assert.Single(exception.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_WithToken_DoesNotTellIt() => Assert.Equal(
        "https://tmetr.example/",
        new TmetrOptions { Url = new Uri("https://tmetr.example"), Token = Token }.ToString());
}
