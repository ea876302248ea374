"""A native clustered column chart for a Word file."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from wordstyles import NAMESPACES


def columns_chart(categories: Sequence[str], series: Sequence[tuple[str, str, Sequence[int]]], font: str) -> str:
    """Chart XML; a series is (name, colour, values). Numbers stand above the columns."""
    spaces = " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in ("c", "a", "r"))
    bars = "".join(one_series(place, *row, categories) for place, row in enumerate(series))
    letters = (
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="1000"><a:latin typeface="{font}"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
    labels = (
        '<c:dLbls><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    faint = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>'
    scaling = '<c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    ticks = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
    return (
        f'<c:chartSpace {spaces}><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        "<c:plotArea><c:layout/>"
        f'<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{bars}{labels}'
        '<c:gapWidth val="70"/><c:axId val="111"/><c:axId val="222"/></c:barChart>'
        f'<c:catAx><c:axId val="111"/>{scaling}<c:axPos val="b"/>{ticks}{faint}<c:crossAx val="222"/></c:catAx>'
        f'<c:valAx><c:axId val="222"/>{scaling}<c:axPos val="l"/><c:majorGridlines>{faint}</c:majorGridlines>'
        f'{axis_title("Trees")}<c:numFmt formatCode="#,##0" sourceLinked="0"/>{ticks}{faint}<c:crossAx val="111"/>'
        '</c:valAx></c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        f'<c:plotVisOnly val="1"/></c:chart>{letters}</c:chartSpace>'
    )


def axis_title(words: str) -> str:
    return (
        '<c:title><c:tx><c:rich><a:bodyPr rot="-5400000" vert="horz"/><a:p><a:pPr><a:defRPr sz="1000" b="0"/></a:pPr>'
        f'<a:r><a:rPr lang="en-GB" sz="1000" b="0"/><a:t>{escape(words)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
    )


def one_series(place: int, name: str, colour: str, values: Sequence[int], categories: Sequence[str]) -> str:
    letter = chr(ord("B") + place)
    last = len(values) + 1
    words = "".join(f'<c:pt idx="{n}"><c:v>{escape(word)}</c:v></c:pt>' for n, word in enumerate(categories))
    points = "".join(f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(values))
    count = f'<c:ptCount val="{len(values)}"/>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>Sheet1!${letter}$1</c:f>'
        "<c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr>'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/><c:cat><c:strRef>'
        f"<c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{count}{words}</c:strCache></c:strRef></c:cat><c:val><c:numRef>"
        f"<c:f>Sheet1!${letter}$2:${letter}${last}</c:f><c:numCache><c:formatCode>#,##0</c:formatCode>{count}{points}"
        "</c:numCache></c:numRef></c:val></c:ser>"
    )
