using Ringfence.Runner.Sandboxes;

namespace Ringfence.Runner.Tests.Sandboxes.Process;

/// <summary>What only root's fenced jobs could do to the machine.</summary>
public sealed class RootFenceTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("ringfence-root-").FullName;

    [Fact]
    public async Task The_way_out_leaves_the_mounts_of_this_machine_alone()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Nobody else has mounts to lose.");
        await TestFence.RequireNetworkAsync();
        var shared = Directory.CreateDirectory(Path.Combine(_scratch, "shared")).FullName;
        Assert.Equal((0, ""), await Tool.RunAsync("/bin/sh", "-c", $"mount -t tmpfs none {shared} && mount --make-shared {shared} && mkdir {shared}/below && mount -t tmpfs none {shared}/below"));
        try
        {
            var job = Directory.CreateDirectory(Path.Combine(_scratch, "job")).FullName;
            var request = new SandboxRequest { Id = "job-1", RunId = "root", AgentFolder = await StaticAgent.FolderAsync(), ScratchFolder = job };
            var lines = new List<string>();
            await using (await TestFence.Provider.StartAsync(request, report => lines.Add(((SandboxReport.Line)report).Text), TestContext.Current.CancellationToken))
            {
            }

            Assert.EndsWith("network of its own", Assert.Single(lines), StringComparison.Ordinal);
            Assert.Contains($" {shared}/below ", await File.ReadAllTextAsync("/proc/self/mountinfo", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            await Tool.RunAsync("umount", "--recursive", shared);
        }
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);
}
