using System.ComponentModel.DataAnnotations;
using CoffeePayment.Grains;
using CoffeePayment.Hosting.Settings;
using CoffeePayment.Silo.Hosting;

namespace CoffeePayment.Tests.Host;

public sealed class SettingsTableTests
{
    public static TheoryData<string, string> GoodValues() => Rows(row => row.Good);

    public static TheoryData<string, string> BadValues() => Rows(row => row.Bad);

    [Fact]
    public void Table_EverySetting_HasRowsOfItsOwn()
    {
        var tested = SettingsRows.All.Where(row => row.Value.Bad.Length > 0).Select(row => row.Key.Name);

        Assert.Equal(SettingsTable.All.Select(setting => setting.Name).Order(), tested.Order());
    }

    [Theory]
    [MemberData(nameof(GoodValues))]
    public void Setting_WithGoodValue_IsRead(string name, string value)
    {
        var reading = TestSettings.Read((name, value));

        Assert.Null(reading.Error);
        var shown = reading.Settings!.Values.Single(setting => setting.Name == name).Shown;
        var isSecret = SettingsTable.All.Single(setting => setting.Name == name).IsSecret;
        Assert.Equal(isSecret ? SettingError.Mask : value.Trim(), shown);
    }

    [Theory]
    [MemberData(nameof(BadValues))]
    public void Setting_WithBadValue_IsNamedInOneLineWithWhatIsAllowed(string name, string value)
    {
        var setting = SettingsTable.All.Single(setting => setting.Name == name);

        var reading = TestSettings.Read((name, value));

        var line = reading.Error!.ToString();
        Assert.Contains(name, line, StringComparison.Ordinal);
        Assert.Contains(": it must be ", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        if (setting.IsSecret) Assert.Matches(" is ('\\*\\*\\*'|not set): ", line);
    }

    [Fact]
    public void Setting_Empty_IsAsIfItWereNotSet()
    {
        var settings = SettingsTable.All.Where(setting => !setting.IsEmptyMeant);

        var reading = TestSettings.Read([.. settings.Select(setting => (setting.Name, " "))]);

        Assert.All(reading.Settings!.Values, value => Assert.Equal("default", value.Source));
    }

    [Fact]
    public void LateChecks_Empty_AreNone()
    {
        var reading = TestSettings.Read(("LATE_CHECKS", ""));

        Assert.Empty(reading.Settings!.Get(SettingsTable.LateChecks));
    }

    [Fact]
    public void Defaults_AreThoseOfTheRules()
    {
        var expected = new PaymentOptions();
        var options = new PaymentOptions { LateChecks = [], AttemptsLimit = 1 };

        TestSettings.Read().Settings!.CopyTo(options);

        Assert.Equivalent(expected, options, strict: true);
    }

    [Fact]
    public void GoodValues_AllOfThem_AreInTheRangesOfTheRules()
    {
        foreach (var (setting, (good, _)) in SettingsRows.All)
        {
            foreach (var value in good)
            {
                var options = new PaymentOptions();

                TestSettings.Read((setting.Name, value)).Settings!.CopyTo(options);

                Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
                Assert.True(new PaymentOptionsValidator().Validate(null, options).Succeeded, setting.Name);
            }
        }
    }

    private static TheoryData<string, string> Rows(Func<(string[] Good, string[] Bad), string[]> values)
    {
        var rows = new TheoryData<string, string>();
        foreach (var (setting, row) in SettingsRows.All)
        {
            foreach (var value in values(row))
                rows.Add(setting.Name, value);
        }

        return rows;
    }
}
