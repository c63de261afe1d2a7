"""The entry point. It imports nothing, because every parsing worker imports it again."""


def main() -> None:
    """Run the command line."""
    from flows.cli import run

    run()


if __name__ == "__main__":
    main()
