/// The colours of the page. Texts have a contrast of 4.5 to 1 and more to what they stand on, drawings 3 to 1.
enum Palette {
    private static let light: Markup = """
        --paper: #fdfdfc; --panel: #f3f5f4; --ink: #1c2226; --muted: #555f66; --line: #dadfdd; --accent: #0b5a75;
        --alarm: #a5261d; --fill: #4a87a1; --grey: #79838a; --wash: #e8f1f4;
        """

    private static let dark: Markup = """
        --paper: #14181b; --panel: #1d2327; --ink: #e8ebec; --muted: #a4aeb4; --line: #343c42; --accent: #7fc4e0;
        --alarm: #ff9c8f; --fill: #5d9dba; --grey: #87919a; --wash: #1b2a31;
        """

    /// Paper is light, whatever the screen was.
    static let rules: Markup = """
        :root { color-scheme: light dark; \(light) }
        @media screen and (prefers-color-scheme: dark) { :root { \(dark) } }
        @media print { :root { --paper: #ffffff; } }

        """
}
