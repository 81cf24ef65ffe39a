using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace ImageAnalysis.Imaging;

/// <summary>The middle of 25 values that come as five sorted columns: 100 minima and maxima.</summary>
/// <remarks>
/// The k-th values of the columns are sorted as far as they matter: of a 5 × 5 table with sorted columns and rows, twelve places are too low or too high to hold the
/// median whatever the values, and the median is the seventh of the thirteen others. The network was found by a computer search over the orders in which
/// values are compared, leaving out every comparison whose outcome is known; it is right for all 6⁵ ways in which zeros and ones can fill sorted columns, and so
/// for all values (0-1 principle; Knuth, The Art of Computer Programming 3, section 5.3.4).
/// </remarks>
internal static class MedianNetwork25
{
    /// <summary>Eight medians at once.</summary>
    /// <param name="at">The smallest value of the first column of the first window; the next windows and columns follow one by one.</param>
    /// <param name="stride">From a column's k-th value to its next larger one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Middle(ref float at, int stride)
    {
        V c10 = Vector256.LoadUnsafe(ref at, (nuint)(stride));
        V c13 = Vector256.LoadUnsafe(ref at, (nuint)(stride + 3));
        V v0 = Vector256.MinNative(c10, c13);
        V c12 = Vector256.LoadUnsafe(ref at, (nuint)(stride + 2));
        V v1 = Vector256.MaxNative(v0, c12);
        V v2 = Vector256.MaxNative(c10, c13);
        V v3 = Vector256.MinNative(v1, v2);
        V c14 = Vector256.LoadUnsafe(ref at, (nuint)(stride + 4));
        V c11 = Vector256.LoadUnsafe(ref at, (nuint)(stride + 1));
        V v4 = Vector256.MaxNative(c14, c11);
        V v5 = Vector256.MaxNative(v3, v4);
        V v6 = Vector256.MinNative(v0, c12);
        V v7 = Vector256.MinNative(c14, c11);
        V v8 = Vector256.MaxNative(v6, v7);
        V v9 = Vector256.MaxNative(v1, v2);
        V v10 = Vector256.MaxNative(v8, v9);
        V v11 = Vector256.MaxNative(v5, v10);
        V c41 = Vector256.LoadUnsafe(ref at, (nuint)((4 * stride) + 1));
        V c42 = Vector256.LoadUnsafe(ref at, (nuint)((4 * stride) + 2));
        V v12 = Vector256.MinNative(c41, c42);
        V c44 = Vector256.LoadUnsafe(ref at, (nuint)((4 * stride) + 4));
        V v13 = Vector256.MinNative(v12, c44);
        V c43 = Vector256.LoadUnsafe(ref at, (nuint)((4 * stride) + 3));
        V c40 = Vector256.LoadUnsafe(ref at, (nuint)((4 * stride)));
        V v14 = Vector256.MinNative(c43, c40);
        V v15 = Vector256.MinNative(v13, v14);
        V v16 = Vector256.MinNative(v11, v15);
        V c01 = Vector256.LoadUnsafe(ref at, 1);
        V c03 = Vector256.LoadUnsafe(ref at, 3);
        V v17 = Vector256.MinNative(c01, c03);
        V c04 = Vector256.LoadUnsafe(ref at, 4);
        V v18 = Vector256.MaxNative(v17, c04);
        V v19 = Vector256.MaxNative(c01, c03);
        V v20 = Vector256.MinNative(v18, v19);
        V c00 = Vector256.LoadUnsafe(ref at);
        V c02 = Vector256.LoadUnsafe(ref at, 2);
        V v21 = Vector256.MaxNative(c00, c02);
        V v22 = Vector256.MaxNative(v20, v21);
        V v23 = Vector256.MinNative(v17, c04);
        V v24 = Vector256.MinNative(c00, c02);
        V v25 = Vector256.MaxNative(v23, v24);
        V v26 = Vector256.MaxNative(v18, v19);
        V v27 = Vector256.MaxNative(v25, v26);
        V v28 = Vector256.MaxNative(v22, v27);
        V v29 = Vector256.MinNative(v16, v28);
        V c34 = Vector256.LoadUnsafe(ref at, (nuint)((3 * stride) + 4));
        V c31 = Vector256.LoadUnsafe(ref at, (nuint)((3 * stride) + 1));
        V v30 = Vector256.MinNative(c34, c31);
        V c33 = Vector256.LoadUnsafe(ref at, (nuint)((3 * stride) + 3));
        V v31 = Vector256.MinNative(v30, c33);
        V c32 = Vector256.LoadUnsafe(ref at, (nuint)((3 * stride) + 2));
        V c30 = Vector256.LoadUnsafe(ref at, (nuint)((3 * stride)));
        V v32 = Vector256.MinNative(c32, c30);
        V v33 = Vector256.MaxNative(v31, v32);
        V v34 = Vector256.MaxNative(v30, c33);
        V v35 = Vector256.MaxNative(c34, c31);
        V v36 = Vector256.MaxNative(v34, v35);
        V v37 = Vector256.MinNative(v33, v36);
        V v38 = Vector256.MinNative(v34, v35);
        V v39 = Vector256.MaxNative(c32, c30);
        V v40 = Vector256.MinNative(v38, v39);
        V v41 = Vector256.MinNative(v37, v40);
        V c23 = Vector256.LoadUnsafe(ref at, (nuint)((2 * stride) + 3));
        V c24 = Vector256.LoadUnsafe(ref at, (nuint)((2 * stride) + 4));
        V v42 = Vector256.MinNative(c23, c24);
        V c22 = Vector256.LoadUnsafe(ref at, (nuint)((2 * stride) + 2));
        V v43 = Vector256.MaxNative(v42, c22);
        V v44 = Vector256.MaxNative(c23, c24);
        V v45 = Vector256.MinNative(v43, v44);
        V c20 = Vector256.LoadUnsafe(ref at, (nuint)((2 * stride)));
        V c21 = Vector256.LoadUnsafe(ref at, (nuint)((2 * stride) + 1));
        V v46 = Vector256.MaxNative(c20, c21);
        V v47 = Vector256.MaxNative(v45, v46);
        V v48 = Vector256.MinNative(v42, c22);
        V v49 = Vector256.MinNative(c20, c21);
        V v50 = Vector256.MaxNative(v48, v49);
        V v51 = Vector256.MaxNative(v43, v44);
        V v52 = Vector256.MaxNative(v50, v51);
        V v53 = Vector256.MinNative(v47, v52);
        V v54 = Vector256.MinNative(v41, v53);
        V v55 = Vector256.MinNative(v50, v51);
        V v56 = Vector256.MinNative(v45, v46);
        V v57 = Vector256.MaxNative(v55, v56);
        V v58 = Vector256.MinNative(v54, v57);
        V v59 = Vector256.MaxNative(v29, v58);
        V v60 = Vector256.MaxNative(v11, v15);
        V v61 = Vector256.MaxNative(v41, v53);
        V v62 = Vector256.MinNative(v60, v61);
        V v63 = Vector256.MinNative(v59, v62);
        V v64 = Vector256.MaxNative(v16, v28);
        V v65 = Vector256.MaxNative(v54, v57);
        V v66 = Vector256.MinNative(v64, v65);
        V v67 = Vector256.MaxNative(v63, v66);
        V v68 = Vector256.MinNative(v29, v58);
        V v69 = Vector256.MinNative(v5, v10);
        V v70 = Vector256.MaxNative(v13, v14);
        V v71 = Vector256.MaxNative(v12, c44);
        V v72 = Vector256.MaxNative(c41, c42);
        V v73 = Vector256.MaxNative(v71, v72);
        V v74 = Vector256.MinNative(v70, v73);
        V v75 = Vector256.MinNative(v71, v72);
        V v76 = Vector256.MaxNative(c43, c40);
        V v77 = Vector256.MinNative(v75, v76);
        V v78 = Vector256.MinNative(v74, v77);
        V v79 = Vector256.MinNative(v69, v78);
        V v80 = Vector256.MinNative(v22, v27);
        V v81 = Vector256.MinNative(v31, v32);
        V v82 = Vector256.MaxNative(v80, v81);
        V v83 = Vector256.MinNative(v79, v82);
        V v84 = Vector256.MinNative(v8, v9);
        V v85 = Vector256.MinNative(v3, v4);
        V v86 = Vector256.MaxNative(v84, v85);
        V v87 = Vector256.MinNative(v55, v56);
        V v88 = Vector256.MaxNative(v86, v87);
        V v89 = Vector256.MaxNative(v83, v88);
        V v90 = Vector256.MaxNative(v79, v82);
        V v91 = Vector256.MaxNative(v37, v40);
        V v92 = Vector256.MinNative(v90, v91);
        V v93 = Vector256.MaxNative(v89, v92);
        V v94 = Vector256.MaxNative(v68, v93);
        V v95 = Vector256.MinNative(v67, v94);
        V v96 = Vector256.MinNative(v63, v66);
        V v97 = Vector256.MinNative(v89, v92);
        V v98 = Vector256.MaxNative(v96, v97);
        V v99 = Vector256.MaxNative(v95, v98);
        return v99;
    }
}
