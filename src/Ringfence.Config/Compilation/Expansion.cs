using Ringfence.Config.Templates;

namespace Ringfence.Config.Compilation;

/// <summary>The parts that turn elements into concrete jobs; they call each other, since steps hold commands and arguments hold steps.</summary>
internal sealed class Expansion
{
    /// <param name="session">The run.</param>
    /// <param name="fillsInTemplates">Whether <c>&lt;&lt; &gt;&gt;</c> means something: in 2.1, not in 2 and 2.0 (CL-1.11).</param>
    public Expansion(Session session, bool fillsInTemplates)
    {
        Session = session;
        Substitution = new Substitution(session, fillsInTemplates);
        Logic = new Logic(session, Substitution);
        Binder = new ParameterBinder(this);
        Executors = new ExecutorExpander(this);
        Steps = new StepExpander(this);
        Jobs = new JobExpander(this);
    }

    public Session Session { get; }

    public Substitution Substitution { get; }

    public Logic Logic { get; }

    public ParameterBinder Binder { get; }

    public ExecutorExpander Executors { get; }

    public StepExpander Steps { get; }

    public JobExpander Jobs { get; }
}
