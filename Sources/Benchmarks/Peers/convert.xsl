<?xml version="1.0"?>
<!-- What people would write instead, with a stylesheet: no validation. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text"/>
  <xsl:template match="/CD037A">
    <xsl:text>{"status":200,"headers":{"Content-Type":"application/json"},"body":{"_links":{"self":{"href":"/customs/guarantees/</xsl:text>
    <xsl:value-of select="GUAREF2/GuaRefNumGRNREF21"/>
    <xsl:text>/balance"}},"balance":</xsl:text>
    <xsl:value-of select="GUAREF2/EXPEXP/BalEXP3"/>
    <xsl:text>,"currency":"</xsl:text>
    <xsl:value-of select="GUAREF2/EXPEXP/CurEXP4"/>
    <xsl:text>"}}&#10;</xsl:text>
  </xsl:template>
</xsl:stylesheet>
