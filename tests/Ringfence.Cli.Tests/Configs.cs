namespace Ringfence.Cli.Tests;

/// <summary>Configs that tests share.</summary>
internal static class Configs
{
    public const string Path = ".circleci/config.yml";

    public const string Small = """
        version: 2.1
        jobs:
          build:
            docker:
              - image: cimg/base:2026.01
            steps:
              - checkout
              - run: make
        workflows:
          main:
            jobs:
              - build

        """;

    public const string WithOrb = """
        version: 2.1
        orbs:
          tools: acme/tools@1
        jobs:
          build:
            docker:
              - image: cimg/base:2026.01
            steps:
              - tools/greet
        workflows:
          main:
            jobs:
              - build

        """;

    public const string Orb = """
        version: 2.1
        commands:
          greet:
            steps:
              - run: echo hello

        """;

    public const string Delivery = """
        version: 2.1
        parameters:
          release:
            type: boolean
            default: false
        jobs:
          lint: &job
            docker:
              - image: cimg/base:2026.01
            steps:
              - checkout
          test:
            parameters:
              node:
                type: string
            docker:
              - image: cimg/node:<< parameters.node >>
            steps:
              - checkout
          build: *job
          deploy: *job
          notify: *job
          smoke: *job
        workflows:
          delivery:
            jobs:
              - lint
              - test:
                  matrix:
                    parameters:
                      node: ["18", "20", "22"]
              - build:
                  requires: [lint, test]
              - hold:
                  type: approval
                  requires: [build]
              - deploy:
                  requires: [hold, build]
                  context: [aws, slack]
                  filters:
                    branches:
                      only: [main, /release.*/]
              - notify:
                  context: slack
                  requires:
                    - build: [failed, canceled]
                    - lint
              - smoke:
                  requires: [deploy]
          release:
            when: << pipeline.parameters.release >>
            jobs:
              - build:
                  filters: pipeline.git.tag starts-with "v"
          nightly:
            triggers:
              - schedule:
                  cron: "0 3 * * *"
                  filters:
                    branches:
                      only: main
            jobs:
              - lint

        """;
}
