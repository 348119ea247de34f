namespace Ringfence.Config.Tests.Rules;

/// <summary>Puts a piece of a config into the rest of one. Each says where the piece stands, for the places in messages.</summary>
internal static class Sample
{
    /// <summary>The body of the job <c>a</c>, from 4:5.</summary>
    public static Compiled Job(string body) => Compiling.Config($"""
        version: 2.1
        jobs:
          a:
        {Indented(body, 4)}
        workflows: {"{w: {jobs: [a]}}"}
        """);

    /// <summary>The steps of the job <c>a</c>, from 6:7.</summary>
    public static Compiled Steps(string steps) => Job($"docker: [{{image: i}}]\nsteps:\n{Indented(steps, 2)}");

    /// <summary>The value of <c>machine</c>, <c>docker</c> or <c>macos</c> of the job <c>a</c>, from 5:7.</summary>
    public static Compiled Executor(string type, string value) => Job($"{type}:\n{Indented(value, 2)}\nsteps: [checkout]");

    /// <summary>The jobs of the workflow <c>w</c>, from 9:7; it can call a, b and c.</summary>
    /// <param name="jobs">The items.</param>
    /// <param name="more">Further top-level keys, below.</param>
    public static Compiled Workflow(string jobs, string more = "") => Compiling.Config($"""
        version: 2.1
        jobs:
          a: {Small}
          b: {Small}
          c: {Small}
        workflows:
          w:
            jobs:
        {Indented(jobs, 6)}
        {more}
        """);

    /// <summary>The keys of the workflow <c>w</c>, from 5:5; it can call a.</summary>
    public static Compiled WorkflowBody(string keys) => Compiling.Config($"""
        version: 2.1
        jobs: {"{a: {docker: [{image: i}], steps: [checkout]}}"}
        workflows:
          w:
        {Indented(keys, 4)}
        """);

    /// <summary>The keys of an invocation of the job <c>a</c>, from 9:11.</summary>
    public static Compiled Invocation(string keys, string more = "") => Workflow($"- a:\n{Indented(keys, 4)}", more);

    /// <summary>The invocations of the group <c>g</c>, from 10:7, and those of the workflow after them; the groups stand last.</summary>
    public static Compiled Group(string members, string jobs, string more = "") => Compiling.Config($"""
        version: 2.1
        jobs:
          a: {Small}
          b: {Small}
          c: {Small}
          d: {Small}
        job-groups:
          g:
            jobs:
        {Indented(members, 6)}
        {more}
        workflows:
          w:
            jobs:
        {Indented(jobs, 6)}
        """);

    private const string Small = "{docker: [{image: i}], steps: [checkout]}";

    private static string Indented(string text, int by) => string.Join('\n', text.Split('\n').Select(line => new string(' ', by) + line));
}
