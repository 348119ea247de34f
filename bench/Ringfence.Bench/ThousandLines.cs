using System.Globalization;
using System.Text;

namespace Ringfence.Bench;

/// <summary>
/// Makes configs of any length like those in use: parameters, executors, commands with conditions, jobs with scripts and caches,
/// here-documents, workflows with a matrix, filters and requirements. The same length always gives the same text.
/// </summary>
internal static class ThousandLines
{
    private const string Head = """
        version: 2.1
        parameters:
          deploy:
            type: boolean
            default: false
          image-tag:
            type: string
            default: "2024.01"
        executors:
          linux:
            parameters:
              size:
                type: enum
                enum: [small, medium, large]
                default: medium
            docker:
              - image: cimg/base:<< pipeline.parameters.image-tag >>
                environment:
                  PGUSER: app
              - image: cimg/postgres:14.2
            resource_class: << parameters.size >>
            working_directory: ~/project
        commands:
          restore:
            parameters:
              key:
                type: string
                default: v1
            steps:
              - restore_cache:
                  keys:
                    - << parameters.key >>-{{ arch }}-{{ checksum "package-lock.json" }}
                    - << parameters.key >>-{{ arch }}-
          notify:
            parameters:
              channel:
                type: string
              loud:
                type: boolean
                default: false
            steps:
              - when:
                  condition:
                    and:
                      - << parameters.loud >>
                      - not:
                          equal: [quiet, << parameters.channel >>]
                  steps:
                    - run:
                        name: Tell << parameters.channel >>
                        when: on_fail
                        command: |
                          curl -fsS -X POST "https://chat.example.com/<< parameters.channel >>" \
                            -H 'Content-Type: application/json' \
                            -d '{"text": "failed"}'
        jobs:

        """;

    private const string Job = """
          build-NN:
            parameters:
              node:
                type: string
                default: "18.NN"
              shards:
                type: integer
                default: 2
            executor:
              name: linux
              size: large
            parallelism: << parameters.shards >>
            environment:
              NODE_ENV: test
              JOB_NUMBER: NN
            steps:
              - checkout
              - restore:
                  key: modules-NN
              - run:
                  name: Install with node << parameters.node >>
                  no_output_timeout: 20m
                  command: |
                    set -euo pipefail
                    nvm install << parameters.node >>
                    npm ci --prefer-offline
              - run: npm run lint
              - run:
                  name: Write the settings
                  command: |
                    cat > settings.json \<<EOF
                    {
                      "node": "<< parameters.node >>",
                      "branch": "<< pipeline.git.branch >>",
                      "shards": << parameters.shards >>
                    }
                    EOF
              - run:
                  name: Test
                  environment:
                    JEST_JUNIT_OUTPUT_DIR: reports
                  command: >-
                    npx jest --ci
                    --reporters=default --reporters=jest-junit
                    $(circleci tests glob "test/**/*.spec.ts" | circleci tests split --split-by=timings)
              - save_cache:
                  key: modules-NN-{{ arch }}-{{ checksum "package-lock.json" }}
                  paths:
                    - ~/.npm
                    - node_modules
              - store_test_results:
                  path: reports
              - store_artifacts:
                  path: coverage
                  destination: coverage-NN
              - notify:
                  channel: team-NN
                  loud: true

        """;

    private const string Invocation = """
              - build-NN:
                  name: build-NN-<< matrix.node >>
                  context: [npm, team-NN]
                  matrix:
                    parameters:
                      node: ["16.20", "18.NN", "20.1"]
                    exclude:
                      - node: "16.20"
                  filters:
                    branches:
                      only: [main, /release\/.*/]
                    tags:
                      only: /^v[0-9]+\.NN\..*/
              - approve-NN:
                  type: approval
                  requires:
                    - build-NN-20.1

        """;

    /// <summary>The config of the aim in bench/RESULTS.md.</summary>
    public static Sample Make() => Make(1000);

    public static Sample Make(int lines)
    {
        var jobLines = Job.Count(c => c == '\n') + Invocation.Count(c => c == '\n');
        var jobs = Math.Max(1, (lines - Head.Count(c => c == '\n') - 5) / jobLines);
        var text = new StringBuilder(Head);
        for (var i = 10; i < 10 + jobs; i++)
            text.Append(Numbered(Job, i));
        text.Append("workflows:\n  main:\n    when: pipeline.git.branch != \"\" or pipeline.parameters.deploy\n    jobs:\n");
        for (var i = 10; i < 10 + jobs; i++)
            text.Append(Numbered(Invocation, i));
        while (text.ToString().Count(c => c == '\n') is var now && now < lines)
            text.Append(CultureInfo.InvariantCulture, $"# line {now + 1}\n");
        return new Sample($"generated, {lines} lines", text.ToString());
    }

    private static string Numbered(string text, int number) => text.Replace("NN", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
