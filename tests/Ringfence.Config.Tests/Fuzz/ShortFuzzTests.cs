using Ringfence.Fuzz.Mutation;
using Ringfence.Fuzz.Targets;

namespace Ringfence.Config.Tests.Fuzz;

/// <summary>A short run of each fuzzer with the project's own inputs, the same on each machine. The long ones are <c>./dev fuzz</c>.</summary>
public sealed class ShortFuzzTests
{
    private const int Seed = 20;

    [Theory]
    [InlineData("yaml", 2500)]
    [InlineData("expression", 1500)]
    [InlineData("regex", 600)]
    [InlineData("compiler", 1200)]
    [InlineData("pack", 800)]
    public void Finds_nothing_in_a_fixed_number_of_inputs(string name, int inputs)
    {
        var target = FuzzTarget.All.Single(t => t.Name == name);
        var chance = new Chance(Seed);
        var mutator = new Mutator(chance, target.Words, target.MostCharacters);
        var pool = Seeds.Own(RepositoryRoot.Path, name).ToList();
        var signatures = new HashSet<string>(StringComparer.Ordinal);
        pool.ForEach(seed => Check(target, seed));
        for (var i = 0; i < inputs; i++)
        {
            var input = mutator.Mutate(chance.Of(pool), chance.Of(pool));
            if (signatures.Add(Check(target, input).Signature))
                pool.Add(input);
        }

        Assert.True(signatures.Count > 10, $"only {signatures.Count} different outcomes");
    }

    /// <summary>The time is left out: other tests run beside this one.</summary>
    internal static Observation Check(FuzzTarget target, string input)
    {
        var seen = target.Check(input);
        var findings = seen.Findings.Where(f => f.Key is not "slow").Select(f => $"{f.Key}: {f.Detail}").ToArray();
        Assert.True(findings.Length == 0, $"{string.Join('\n', findings)}\nin the input:\n{input}");
        return seen;
    }
}
