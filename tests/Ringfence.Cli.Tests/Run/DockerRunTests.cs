namespace Ringfence.Cli.Tests.Run;

/// <summary>Pipelines whose jobs run in real containers.</summary>
[Collection(TestEngine.Alone)]
public sealed class DockerRunTests
{
    [Fact]
    [Rule("EX-9.1", "EX-9.5", "EX-7.15", "EX-6.8", "EX-8.11", "EX-8.1", "EX-8.2")]
    public async Task Runs_a_job_with_a_service_in_an_image_without_bash_and_git()
    {
        await TestEngine.RequireAsync();
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              build:
                docker:
                  - image: ringfence-test/busybox
                    environment: {OF_CONTAINER: yes}
                  - image: ringfence-test/busybox
                    name: web
                    environment: {WORD: served}
                    command: [sh, -c, "mkdir /w; echo $WORD of ${CIRCLE_JOB:-no-job} > /w/index.html; echo listening; exec httpd -f -p 8080 -h /w"]
                resource_class: small
                environment: {OF_JOB: of-the-job}
                steps:
                  - checkout
                  - run: cat word.txt; command -v git bash || echo neither
                  - run: |
                      until wget -q -O - http://localhost:8080/; do :; done
                      wget -q -O - http://web:8080/
                      echo "container '${OF_CONTAINER:+set}' job '$OF_JOB'"
                  - run: {name: fails, command: "false; echo never"}
            workflows: {main: {jobs: [build]}}
            """);
        trial.Commands.WithFile("word.txt", "checked-out\n");
        trial.Committed();

        var result = await trial.Run();

        Assert.Equal((int)ExitCode.PipelineFailed, result.Exit);
        Assert.Contains("#!/bin/sh -eo pipefail", result.Out, StringComparison.Ordinal);
        Assert.Contains("| checked-out\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("| neither\n", result.Out, StringComparison.Ordinal);
        Assert.Equal(2, result.Out.Split("| served of no-job\n").Length - 1);
        Assert.Contains("container '' job 'of-the-job'", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("| never\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("The variables of the primary container do not reach the steps: OF_CONTAINER.", result.Out, StringComparison.Ordinal);
        Assert.Empty(trial.Leftovers());
    }

    [Fact]
    public async Task Takes_other_images_and_makes_containers_of_machines()
    {
        await TestEngine.RequireAsync();
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              build: {docker: [image: "cimg/base:2024.01"], steps: [run: id -un]}
              machine: {machine: {image: "ubuntu-2404:current"}, steps: [run: id -un; command -v bash]}
            workflows: {main: {jobs: [build, machine]}}
            """);

        var result = await trial.Run("--image", "cimg/*=ringfence-test/busybox", "--image", "ubuntu-2404=ringfence-test/debian", "--sandbox", "docker");

        Assert.Equal(0, result.Exit);
        Assert.Contains("main/build | root\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("main/machine | ci\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_the_jobs_of_containers_behind_a_fence_on_request()
    {
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs: {build: {docker: [image: "cimg/go:1.25", image: "postgres:17"], steps: [run: id -un]}}
            workflows: {main: {jobs: [build]}}
            """.Replace(", image:", "}, {image:", StringComparison.Ordinal).Replace("[image:", "[{image:", StringComparison.Ordinal).Replace("\"]", "\"}]", StringComparison.Ordinal));

        var result = await trial.Run("--sandbox", "process");

        Assert.Equal(0, result.Exit);
        Assert.Contains("It runs on this machine instead of in cimg/go:1.25, and without postgres:17.", result.Out, StringComparison.Ordinal);
        Assert.Contains("| circleci\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Rule("EX-9.15", "EX-9.16")]
    public async Task Limits_a_job_to_its_resource_class()
    {
        await TestEngine.RequireAsync();
        using var trial = await PipelineTrial.With(
            """
            version: 2.1
            jobs:
              build:
                docker: [image: ringfence-test/busybox]
                resource_class: small
                steps: [run: cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || true]
            workflows: {main: {jobs: [build]}}
            """);

        var result = await trial.Run();

        Assert.Equal(0, result.Exit);
        Assert.Contains("| 2147483648\n", result.Out, StringComparison.Ordinal);
    }
}
