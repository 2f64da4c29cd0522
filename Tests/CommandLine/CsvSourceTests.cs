using CoffeePayment.Silo.Import;

namespace CoffeePayment.Tests.CommandLine;

public sealed class CsvSourceTests
{
    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a;b\r\n1;2\r\n")]
    [InlineData("a\tb\n1\t2")]
    [InlineData("\n a , b \n\n \n 1 ,2\n\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"2\"\n")]
    public void Read_HoweverItIsWritten_IsTheSame(string text)
    {
        var records = Read(text);

        Assert.Equal("a=1 b=2", Text(Assert.Single(records)));
    }

    [Fact]
    public void Read_QuotedCells_KeepDelimitersQuotesAndLines()
    {
        var records = Read("a,b\n\"x, \"\"y\"\"\",\"one\r\ntwo\"\n3,4\n");

        Assert.Equal(["a=x, \"y\" b=one\ntwo", "a=3 b=4"], records.Select(Text));
        Assert.Equal([2, 4], records.Select(record => record.Line));
    }

    [Fact]
    public void Read_CellsWithNothing_AreNull()
    {
        var records = Read("a,b,c,d\n,\"\",NULL,\\N\n");

        Assert.Equal("a= b= c= d=", Text(Assert.Single(records)));
    }

    [Fact]
    public void Read_QuoteInsideABareCell_IsACharacter()
    {
        var records = Read("a,b\n7\" cup,2\n");

        Assert.Equal("a=7\" cup b=2", Text(Assert.Single(records)));
    }

    [Theory]
    [InlineData("1", "has 1 columns where the header has 2")]
    [InlineData("1,2,3", "has 3 columns where the header has 2")]
    [InlineData("\"1\"x,2", "has text after a closing quote")]
    [InlineData("\"1,2", "has a quote that is never closed")]
    public void Read_BrokenLine_CostsThatLineAlone(string broken, string fault)
    {
        var records = Read($"a,b\n1,2\n{broken}\n3,4\n5,6\n");

        Assert.Equal(
            ["2: a=1 b=2", $"3: {fault}", "4: a=3 b=4", "5: a=5 b=6"],
            records.Select(record => $"{record.Line}: {record.Fault ?? Text(record)}"));
        Assert.Equal(broken, records[1].Raw);
    }

    [Fact]
    public void Read_OpenQuoteThatALaterOneCloses_CostsItsOwnLineAlone()
    {
        var records = Read("a,b\n1,\"2\n3,\"x, y\"\n5,6\n");

        Assert.Equal(
            ["2: has text after a closing quote", "3: a=3 b=x, y", "4: a=5 b=6"],
            records.Select(record => $"{record.Line}: {record.Fault ?? Text(record)}"));
    }

    [Fact]
    public void Read_LineWithoutEnd_IsRefusedWithoutBeingKept()
    {
        var records = Read($"a,b\n{new string('x', 3_000_000)},2\n3,4\n");

        Assert.Equal("has more than 65536 characters", records[0].Fault);
        Assert.Equal(65_536, records[0].Raw!.Length);
        Assert.Equal("a=3 b=4", Text(records[1]));
    }

    [Fact]
    public void Read_QuoteOpenForMegabytes_IsGivenUpAndTheRestRead()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"{i},{i}"));

        var records = Read($"a,b\n\"1,2\n{lines}\n");

        Assert.Equal("has a quote that is not closed within 65536 characters", records[0].Fault);
        Assert.Equal(20_001, records.Count);
        Assert.Equal("a=19999 b=19999", Text(records[^1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\"a,b\n1,2")]
    public void Open_WithoutAHeader_IsNull(string text) =>
        Assert.Null(CsvSource.Open(new LineReader(new StringReader(text))));

    private static List<SourceRecord> Read(string text) =>
        [.. CsvSource.Open(new LineReader(new StringReader(text)))!.Read()];

    private static string Text(SourceRecord record) =>
        string.Join(' ', record.Fields.Select(field => $"{field.Key}={field.Value}"));
}
