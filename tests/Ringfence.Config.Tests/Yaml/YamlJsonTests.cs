using System.Text.Json;
using Ringfence.Config.Yaml;

namespace Ringfence.Config.Tests.YamlReading;

public sealed class YamlJsonTests
{
    [Theory]
    [InlineData("a: {b: [1, x, ~, yes, 'yes', 1.50]}", """{"a":{"b":[1,"x",null,true,"yes",1.5]}}""")]
    [InlineData("z: 1\na: 2\n1: 3\non: 4", """{"z":1,"a":2,"1":3,"on":4}""")]
    [InlineData("[]", "[]")]
    [InlineData("a: 1e30\nb: 0x10", """{"a":1E+30,"b":16}""")]
    [InlineData("a: .inf\nb: .nan\nc: 123456789012345678901234567890", """{"a":".inf","b":".NaN","c":"123456789012345678901234567890"}""")]
    [InlineData("a: |\n  x\n  \"y\"\n", """{"a":"x\n\"y\"\n"}""")]
    public void Writes_values(string text, string json) => Assert.Equal(json, new Part(AText.Read(text).Node).Json);

    [Fact]
    public void Text_that_is_broken_still_makes_valid_JSON()
    {
        var json = new Part(YamlScalar.String("a\uD83Db\0", default)).Json;

        Assert.Equal("a\uFFFDb\0", JsonDocument.Parse(json).RootElement.GetString());
    }
}
